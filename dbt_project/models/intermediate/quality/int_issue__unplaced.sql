-- Live records of people who are said to live in the street, at an address that leads to no place of it. Who is
-- registered here but lives elsewhere may well name a place that nobody here knows; so may the address of a hukou, and
-- a case or a certificate of civil affairs is kept for who moved to another city. The police list says who lives here:
-- there another city is a contradiction.
with resolved as (
    select
        source_system,
        source_entity,
        source_key
    from {{ ref('int_address__resolved') }}
    where
        grade = 'none'
        and field <> 'HJDZ'
        and (
            (reason = 'place_unknown' and source_system in ('police', 'civil'))
            or (reason = 'other_division' and source_system = 'police')
        )
),

elsewhere as (
    select source_key
    from {{ ref('stg_police__syrk') }}
    where category_code = '4'
)

select
    resolved.source_system || '.' || resolved.source_entity as dataset,
    resolved.source_system as owner_system,
    resolved.source_key,
    'ADDRESS-UNPLACED' as rule,
    '地址在本街道找不到对应房屋、楼栋或小区' as detail,
    cast(null as timestamp) as seen_at,
    true as is_open
from resolved
left join elsewhere on resolved.source_entity = 'SYRK' and resolved.source_key = elsewhere.source_key
where elsewhere.source_key is null
