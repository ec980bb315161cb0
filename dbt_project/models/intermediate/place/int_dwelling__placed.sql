-- One row a dwelling: where it stands, and what the sources say of it. The police list decides about committee and
-- street.
with matched as (
    select * from {{ ref('int_place__matched') }} where kind = 'dwelling'
),

building as (
    select
        member.source_system,
        member.source_key,
        placed.cluster,
        placed.estate_cluster,
        placed.committee_code,
        placed.street_code
    from {{ ref('int_place__matched') }} as member
    inner join {{ ref('int_building__placed') }} as placed on member.cluster = placed.cluster
    where member.kind = 'building'
),

standard as (
    select
        source_key,
        committee_code,
        street_code,
        estate_name_key,
        address_text,
        address_unit,
        address_room,
        address_part,
        longitude,
        latitude,
        {{ address_key("coalesce(address_road, estate_name_key, address_estate)", "address_lane", "address_sublane",
                       "address_gate", "address_block") }} as building_key
    from {{ ref('stg_police__bzdz') }}
)

select
    matched.cluster,
    coalesce(max(built.cluster), max(listed.cluster)) as building_cluster,
    coalesce(max(built.estate_cluster), max(estate.cluster)) as estate_cluster,
    coalesce(max(standard.committee_code), max(built.committee_code)) as committee_code,
    coalesce(max(standard.street_code), max(built.street_code)) as street_code,
    coalesce(max(standard.address_text), max(house.address_text)) as address,
    coalesce(max(house.unit), max(standard.address_unit)) as unit,
    coalesce(max(element.room), max(standard.address_room)) as room,
    coalesce(max(element.part), max(standard.address_part)) as part,
    max(house.floor_area_m2) as floor_area_m2,
    max(house.house_use) as house_use,
    max(house.tenure) as tenure,
    max(standard.longitude) as longitude,
    max(standard.latitude) as latitude,
    count(distinct matched.source_system) as source_count
from matched
left join {{ ref('stg_property__house') }} as house
    on matched.source_system = 'property' and matched.source_key = house.source_key
left join {{ ref('int_place__element') }} as element
    on
        element.reading = 'structure'
        and element.kind = 'dwelling'
        and matched.source_system = element.source_system
        and matched.source_key = element.source_key
left join building as built on built.source_system = 'property' and house.building_source_key = built.source_key
left join standard on matched.source_system = 'police' and matched.source_key = standard.source_key
left join building as listed on listed.source_system = 'police' and standard.building_key = listed.source_key
left join {{ ref('int_estate__paired') }} as estate
    on
        estate.source_system = 'police'
        and standard.committee_code = estate.committee_code
        and standard.estate_name_key = estate.estate_name_key
group by matched.cluster
