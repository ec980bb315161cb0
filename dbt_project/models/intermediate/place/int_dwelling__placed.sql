-- One row a dwelling: where it stands, and what the sources say of it. The police list decides about committee and street.
with matched as (
    select * from {{ ref('int_place__matched') }} where kind = 'dwelling'
),

building as (
    select
        matched_building.source_system,
        matched_building.source_key,
        placed.*
    from {{ ref('int_place__matched') }} as matched_building
    inner join {{ ref('int_building__placed') }} as placed on matched_building.cluster = placed.cluster
    where matched_building.kind = 'building'
),

house as (
    select
        house.*,
        building.cluster as building_cluster,
        building.estate_cluster,
        building.committee_code,
        building.street_code
    from {{ ref('stg_property__house') }} as house
    left join building on building.source_system = 'property' and house.building_source_key = building.source_key
),

standard as (
    select
        bzdz.*,
        building.cluster as building_cluster,
        estate.cluster as estate_cluster
    from {{ ref('stg_police__bzdz') }} as bzdz
    left join building
        on
            building.source_system = 'police'
            and {{ address_key("coalesce(bzdz.address_road, bzdz.estate_name_key, bzdz.address_estate)",
                               "bzdz.address_lane", "bzdz.address_sublane", "bzdz.address_gate",
                               "bzdz.address_block") }} = building.source_key
    left join {{ ref('int_estate__paired') }} as estate
        on
            estate.source_system = 'police'
            and bzdz.committee_code = estate.committee_code
            and bzdz.estate_name_key = estate.estate_name_key
)

select
    matched.cluster,
    coalesce(max(house.building_cluster), max(standard.building_cluster)) as building_cluster,
    coalesce(max(house.estate_cluster), max(standard.estate_cluster)) as estate_cluster,
    coalesce(max(standard.committee_code), max(house.committee_code)) as committee_code,
    coalesce(max(standard.street_code), max(house.street_code)) as street_code,
    coalesce(max(standard.address_text), max(house.address_text)) as address,
    coalesce(max(house.unit), max(standard.address_unit)) as unit,
    coalesce(max(house.room), max(standard.address_room)) as room,
    coalesce(max(house.part), max(standard.address_part)) as part,
    max(house.floor_area_m2) as floor_area_m2,
    max(house.house_use) as house_use,
    max(house.tenure) as tenure,
    max(standard.longitude) as longitude,
    max(standard.latitude) as latitude,
    count(distinct matched.source_system) as source_count
from matched
left join house on matched.source_system = 'property' and matched.source_key = house.source_key
left join standard on matched.source_system = 'police' and matched.source_key = standard.source_key
group by matched.cluster
