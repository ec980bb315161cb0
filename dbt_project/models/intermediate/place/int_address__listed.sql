-- One row an address of a live source record: its elements, and what else the record says of the place.
{% set present = [
    ('property', 'house', 'stg_property__house', ''), ('police', 'SYRK', 'stg_police__syrk', ''),
    ('civil', 'disability-certificates', 'stg_civil__disability_certificate', ''),
    ('civil', 'elderly-services', 'stg_civil__elderly_service', ''),
    ('civil', 'children-in-need', 'stg_civil__child_in_need', ''),
    ('device', 'register', 'stg_device__register', ''),
] %}
with present as (
    {% for system, entity, model, _ in present -%}
    select
        '{{ system }}' as source_system,
        '{{ entity }}' as source_entity,
        source_key,
        '{{ "XZZ" if entity == "SYRK" else "address" }}' as field,
        {{ address_columns('address') }},
        {{ "standard_address_code" if entity == "SYRK" else "cast(null as varchar)" }} as standard_address_code,
        cast(null as varchar) as division_code
    from {{ ref(model) }}
    where is_live
    union all
    {% endfor -%}
    select
        'civil' as source_system,
        'assistance-cases' as source_entity,
        member.source_key,
        'address' as field,
        {{ address_columns('assistance_case.address') }},
        cast(null as varchar) as standard_address_code,
        cast(null as varchar) as division_code
    from {{ ref('stg_civil__assistance_case_member') }} as member
    inner join {{ ref('stg_civil__assistance_case') }} as assistance_case
        on member.case_source_key = assistance_case.source_key
    where member.is_live
    union all
    select
        'police' as source_system,
        'SYRK' as source_entity,
        source_key,
        'HJDZ' as field,
        {{ address_columns('hukou') }},
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
    address_road as road,
    address_estate as estate,
    address_lane as lane,
    address_sublane as sublane,
    address_gate as gate,
    address_block as block,
    address_unit as unit,
    address_room as room,
    address_part as part,
    {{ address_key("coalesce(address_road, '') || '/' || coalesce(address_estate, '')", "address_lane",
                   "address_sublane", "address_gate", "address_block", "address_unit", "address_room",
                   "address_part") }} as element_key,
    standard_address_code,
    division_code
from present
