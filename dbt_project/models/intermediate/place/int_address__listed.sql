-- One row an address of a live source record: its elements, and what else the record says of the place.
{% set present = [
    ('property', 'house', 'stg_property__house'), ('civil', 'disability-certificates', 'stg_civil__disability_certificate'),
    ('civil', 'elderly-services', 'stg_civil__elderly_service'),
    ('civil', 'children-in-need', 'stg_civil__child_in_need'), ('device', 'register', 'stg_device__register'),
] %}
with present as (
    {% for system, entity, model in present %}
        select
            {{ record_origin(system, entity) }},
            source_key,
            'address' as field,
            address_text,
            {{ element_columns(prefix='address_') }},
            cast(null as varchar) as standard_address_code,
            cast(null as varchar) as division_code
        from {{ ref(model) }}
        where is_live
        union all
    {% endfor %}
    select
        {{ record_origin('civil', 'assistance-cases') }},
        member.source_key,
        'address' as field,
        assistance_case.address_text,
        {{ element_columns('assistance_case', 'address_') }},
        cast(null as varchar) as standard_address_code,
        cast(null as varchar) as division_code
    from {{ ref('stg_civil__assistance_case_member') }} as member
    inner join {{ ref('stg_civil__assistance_case') }} as assistance_case
        on member.case_source_key = assistance_case.source_key
    where member.is_live
    union all
    select
        {{ record_origin('police', 'SYRK') }},
        source_key,
        'XZZ' as field,
        address_text,
        {{ element_columns(prefix='address_') }},
        standard_address_code,
        cast(null as varchar) as division_code
    from {{ ref('stg_police__syrk') }}
    where is_live
    union all
    select
        {{ record_origin('police', 'SYRK') }},
        source_key,
        'HJDZ' as field,
        hukou_text as address_text,
        {{ element_columns(prefix='hukou_') }},
        cast(null as varchar) as standard_address_code,
        hukou_division_code as division_code
    from {{ ref('stg_police__syrk') }}
    where is_live
)

select
    source_system,
    source_entity,
    source_key,
    field,
    address_text,
    {{ element_columns() }},
    {{ address_key("coalesce(road, '') || '/' || coalesce(estate, '')", "lane", "sublane", "gate", "block", "unit",
                   "room", "part") }} as element_key,
    standard_address_code,
    division_code
from present
