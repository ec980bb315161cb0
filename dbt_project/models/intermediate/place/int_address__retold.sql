-- One row a record, address and wording of records that said more than one thing over time, or that are gone: from when
-- to when each wording was told in all batches ever landed.
{% set told = [
    ('police', 'SYRK', 'stg_police__syrk_version', 'XZZ', 'address_', 'category_code', 'registered_date',
     'standard_address_code', none),
    ('police', 'SYRK', 'stg_police__syrk_version', 'HJDZ', 'hukou_', 'category_code', 'registered_date', none,
     'hukou_division_code'),
    ('civil', 'disability-certificates', 'stg_civil__disability_certificate_version', 'address', 'address_',
     'certificate_status', none, none, none),
    ('civil', 'elderly-services', 'stg_civil__elderly_service_version', 'address', 'address_', 'living_status', none, none,
     none),
    ('civil', 'children-in-need', 'stg_civil__child_in_need_version', 'address', 'address_', 'category', none, none, none),
    ('civil', 'assistance-cases', 'stg_civil__assistance_case_version', 'address', 'address_', 'category', 'start_date',
     none, none),
    ('device', 'register', 'stg_device__register_version', 'address', 'address_', 'device_type', 'installed_date', none,
     none),
] %}
with version as (
    {% for system, entity, model, field, prefix, code, start, standard, division in told %}
        select
            {{ record_origin(system, entity) }},
            source_key,
            '{{ field }}' as field,
            coalesce({{ code }}, 'UNKNOWN') as source_code,
            {{ element_columns(prefix=prefix) }},
            {{ standard or 'cast(null as varchar)' }},
            {{ division or 'cast(null as varchar)' }} as division_code,
            {{ prefix }}city as city,
            {{ prefix }}district as district,
            {{ start or 'cast(null as date)' }} as valid_from,
            told_at,
            told_on,
            is_standing
        from {{ ref(model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

wording as (
    select
        source_system,
        source_entity,
        source_key,
        field,
        source_code,
        standard_address_code,
        division_code,
        city,
        district,
        {{ element_columns() }},
        bool_or(is_standing) as is_standing,
        min(valid_from) as valid_from,
        min(told_at) as first_told_at,
        max(told_at) as last_told_at,
        min(told_on) as first_told_on,
        max(told_on) as last_told_on
    from version
    group by
        source_system,
        source_entity,
        source_key,
        field,
        source_code,
        standard_address_code,
        division_code,
        city,
        district,
        {{ element_columns() }}
)

select
    source_system,
    source_entity,
    source_key,
    field,
    source_code,
    is_standing,
    standard_address_code,
    division_code,
    city,
    district,
    {{ element_columns() }},
    valid_from,
    first_told_at,
    last_told_at,
    first_told_on,
    last_told_on,
    {{ address_key("coalesce(road, '') || '/' || coalesce(estate, '')", "lane", "sublane", "gate", "block", "unit",
                   "room", "part") }} as element_key,
    row_number() over (
        partition by source_system, source_entity, source_key, field
        order by first_told_on asc, last_told_on asc, source_code asc, city asc, district asc
    ) = 1 as is_first,
    lead(first_told_on) over (
        partition by source_system, source_entity, source_key, field
        order by first_told_on asc, last_told_on asc, source_code asc, city asc, district asc
    ) as next_told_on
from wording
