{{ retold_versions(
    source('civil', 'assistance_cases'), ref('stg_civil__assistance_case'), ['category', 'start_date'],
) }}
