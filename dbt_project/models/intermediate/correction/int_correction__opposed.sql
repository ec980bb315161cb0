-- One row a correction and live source record that says something else of the same thing: what its department is asked
-- to put right. Of people: attributes, and lists on which the dead and the departed still stand (or the living are
-- struck off). Of dwellings: what the housing bureau's record says.
with made as (
    select * from {{ ref('int_correction__made') }}
),

person as (
    select
        made.source_key as verdict_key,
        made.field_code,
        valued.source_system,
        valued.source_entity,
        valued.source_key,
        valued.value as stated
    from made
    inner join {{ ref('int_resident__valued') }} as valued
        on made.subject_id = valued.resident_id and made.field_code = valued.attribute
    inner join {{ ref('survivorship_rule') }} as rule
        on
            valued.attribute = rule.attribute
            and valued.source_system = rule.source_system
            and valued.source_entity = rule.source_entity
    where
        made.subject = 'resident' and valued.is_live and rule.is_own and valued.source_system <> 'feedback'
        and valued.compared <> made.compared
),

listed as (
    select
        made.source_key as verdict_key,
        made.field_code,
        stated.source_system,
        stated.source_entity,
        stated.source_key,
        label.said_zh as stated
    from made
    inner join {{ ref('int_resident__stated') }} as stated on made.subject_id = stated.resident_id
    inner join {{ ref('evidence_label') }} as label
        on
            stated.source_system = label.source_system
            and stated.source_entity = label.source_entity
            and stated.source_code = label.source_code
    where
        made.subject = 'resident' and made.field_code = 'status' and stated.source_system in ('police', 'civil')
        and (
            (made.value <> 'active' and stated.valid_to is null)
            or (made.value = 'active' and stated.source_entity = 'SYRK' and stated.valid_to is not null)
        )
),

house as (
    select
        named.dwelling_id,
        house.source_key,
        house.house_use,
        house.tenure,
        cast(cast(house.floor_area_m2 as decimal(9, 2)) as varchar) as floor_area_m2
    from {{ ref('stg_property__house') }} as house
    inner join {{ ref('int_place__matched') }} as matched
        on matched.kind = 'dwelling' and matched.source_system = 'property' and house.source_key = matched.source_key
    inner join {{ ref('int_dwelling__named') }} as named on matched.cluster = named.cluster
    where house.is_live
),

house_told as (
    {% for field in ['house_use', 'tenure', 'floor_area_m2'] %}
        select
            made.source_key as verdict_key,
            made.field_code,
            'property' as source_system,
            'house' as source_entity,
            house.source_key,
            house.{{ field }} as stated
        from made
        inner join house on made.subject_id = house.dwelling_id
        where
            made.subject = 'dwelling' and made.field_code = '{{ field }}'
            and coalesce(house.{{ field }}, '') <> made.value
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

{% for part in ['person', 'listed', 'house_told'] %}
    select
        verdict_key,
        field_code,
        source_system,
        source_entity,
        source_key,
        stated
    from {{ part }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
