-- One row a record of a person in any source, live or not, in the one shape that identity reads.
-- The telephone of an assistance case is that of each of its members, who have none of their own in the feed.
-- Contacts of care devices alone count as persons; they bear a name and a telephone, nothing else.
-- A firm or an office that owns or rents is no natural person: it bears rule OWNER-NOT-PERSON and stays out.
{% set feeds = [
    ('property', 'owner', 'owner', 'stg_property__owner'), ('property', 'lease', 'tenant', 'stg_property__lease'),
    ('police', 'SYRK', 'registered', 'stg_police__syrk'),
    ('civil', 'assistance-cases', 'case_member', 'stg_civil__assistance_case_member'),
    ('civil', 'disability-certificates', 'certificate_holder', 'stg_civil__disability_certificate'),
    ('civil', 'elderly-services', 'elder', 'stg_civil__elderly_service'),
    ('civil', 'children-in-need', 'child', 'stg_civil__child_in_need'),
] %}
{% set only_in = {
    'former_name_key': 'SYRK', 'relation_code': 'SYRK', 'household_no': 'SYRK', 'case_source_key': 'assistance-cases',
} %}
with record as (
    {% for system, entity, role, model in feeds %}
        select
            {{ record_origin(system, entity) }},
            source_key,
            is_live,
            '{{ role }}' as role,
            name,
            name_key,
            id_kind,
            id_number,
            id_visible,
            id_evidence,
            id_status,
            birth_date,
            sex_code,
            mobile,
            phones,
            {% for column, owner in only_in.items() %}
                {{ column if entity == owner else 'cast(null as varchar) as ' ~ column }},
            {% endfor %}
            {{ 'house_source_key' if system == 'property' else 'cast(null as varchar) as house_source_key' }},
            source_updated_at
        from {{ ref(model) }}
        {% if system == 'property' %}
            where not coalesce(array_contains(_issues, 'OWNER-NOT-PERSON'), false)
        {% endif %}
        union all
    {% endfor %}
    select
        {{ record_origin('device', 'register') }},
        source_key,
        is_live,
        'device_contact' as role,
        name,
        name_key,
        'none' as id_kind,
        cast(null as varchar) as id_number,
        cast(null as varchar) as id_visible,
        cast(null as varchar) as id_evidence,
        'empty' as id_status,
        cast(null as date) as birth_date,
        '0' as sex_code,
        mobile,
        phones,
        {% for column in only_in %}
            cast(null as varchar) as {{ column }},
        {% endfor %}
        cast(null as varchar) as house_source_key,
        source_updated_at
    from {{ ref('stg_device__register') }}
    where device_type in ('door_sensor', 'panic_button') and name_key is not null
),

resolved as (
    select
        source_system,
        source_entity,
        source_key,
        dwelling_cluster,
        building_cluster
    from {{ ref('int_address__resolved') }}
    where field <> 'HJDZ' and coalesce(dwelling_cluster, building_cluster) is not null
),

house as (
    select
        matched.source_key,
        matched.cluster,
        placed.building_cluster
    from {{ ref('int_place__matched') }} as matched
    left join {{ ref('int_dwelling__placed') }} as placed on matched.cluster = placed.cluster
    where matched.kind = 'dwelling' and matched.source_entity = 'house'
)

select
    record.source_system,
    record.source_entity,
    record.source_key,
    record.is_live,
    record.role,
    record.name,
    record.name_key,
    record.former_name_key,
    record.id_kind,
    record.id_number,
    record.id_visible,
    record.id_evidence,
    record.id_status,
    record.birth_date,
    record.sex_code,
    coalesce(record.mobile, assistance_case.mobile) as mobile,
    coalesce(record.phones, assistance_case.phones) as phones,
    coalesce(house.cluster, resolved.dwelling_cluster) as dwelling_cluster,
    coalesce(house.building_cluster, resolved.building_cluster) as building_cluster,
    record.relation_code,
    record.household_no,
    record.source_updated_at
from record
left join house on record.house_source_key = house.source_key
left join {{ ref('stg_civil__assistance_case') }} as assistance_case
    on record.case_source_key = assistance_case.source_key
left join resolved
    on
        {{ same_record('record', 'resolved') }}
