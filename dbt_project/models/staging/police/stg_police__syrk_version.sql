{{ retold_versions(
    source('police', 'syrk'), ref('stg_police__syrk'),
    ['hukou_division_code', 'standard_address_code', 'category_code', 'registered_date'],
    ['address', 'hukou'],
) }}
