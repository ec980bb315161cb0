-- The elements by which a record names a dwelling or a building, one row a record and reading:
-- how the record is built into its estate (structure), what its address says (text), what the police list holds (standard).
-- A text that contradicts the structure may well be another dwelling's, and is left out.
with estate as (select * from {{ ref('stg_property__estate') }} where is_live),

-- 1支弄12号 is gate 12 in sub-lane 1.
building as (
    select
        source_key,
        estate_source_key,
        block,
        gate,
        nullif(regexp_extract(building_name, '([0-9A-Z]+)支弄', 1), '') as sublane
    from {{ ref('stg_property__building') }}
    where is_live
),

house as (select * from {{ ref('stg_property__house') }} where is_live),

standard as (
    select
        *,
        coalesce(estate_name_key, address_estate) as estate_key
    from {{ ref('stg_police__bzdz') }}
    where is_live
),

-- Where the estate itself has a house number, a building's own number is one inside it and says nothing about the road.
built as (
    select
        building.source_key,
        case
            when building.gate is not null and estate.address_gate is not null and estate.address_lane is null then null
            else estate.address_road
        end as road,
        estate.estate_name_key as estate,
        estate.address_lane as lane,
        coalesce(building.sublane, estate.address_sublane) as sublane,
        coalesce(building.gate, case when building.block is not null then estate.address_gate end) as gate,
        building.block
    from building
    left join estate on building.estate_source_key = estate.source_key
),

standard_building as (
    select
        {{ address_key("coalesce(address_road, estate_key)", "address_lane", "address_sublane", "address_gate",
                       "address_block") }} as source_key,
        address_road as road,
        min(estate_key) as estate,
        address_lane as lane,
        address_sublane as sublane,
        address_gate as gate,
        address_block as block
    from standard
    where (address_gate is not null or address_block is not null) and coalesce(address_road, estate_key) is not null
    group by
        coalesce(address_road, estate_key), address_road, address_lane, address_sublane, address_gate, address_block
)

select
    'dwelling' as kind, 'property' as source_system, 'house' as source_entity, house.source_key, 'structure' as reading,
    built.road, built.estate, built.lane, built.sublane, built.gate, built.block, house.unit, house.room, house.part
from house
left join built on house.building_source_key = built.source_key
union all
select
    'dwelling' as kind, 'property' as source_system, 'house' as source_entity, house.source_key, 'text' as reading,
    house.address_road, house.address_estate, house.address_lane, house.address_sublane, house.address_gate,
    house.address_block, coalesce(house.address_unit, house.unit), coalesce(house.address_room, house.room),
    coalesce(house.address_part, house.part)
from house
left join built on house.building_source_key = built.source_key
where
    (house.address_gate is not null or house.address_block is not null)
    and coalesce(house.address_room, house.room, '') = coalesce(house.room, house.address_room, '')
    and coalesce(house.address_unit, house.unit, '') = coalesce(house.unit, house.address_unit, '')
    and coalesce(house.address_block, built.block, '') = coalesce(built.block, house.address_block, '')
    and coalesce(house.address_gate, built.gate, '') = coalesce(built.gate, house.address_gate, '')
union all
select
    'dwelling' as kind, 'police' as source_system, 'BZDZ' as source_entity, source_key, 'standard' as reading,
    address_road, estate_key, address_lane, address_sublane, address_gate, address_block,
    address_unit, address_room, address_part
from standard
where address_gate is not null or address_block is not null
union all
select
    'building' as kind, 'property' as source_system, 'building' as source_entity, source_key, 'structure' as reading,
    road, estate, lane, sublane, gate, block, null as unit, null as room, null as part
from built
union all
select
    'building' as kind, 'police' as source_system, 'BZDZ' as source_entity, source_key, 'standard' as reading,
    road, estate, lane, sublane, gate, block, null as unit, null as room, null as part
from standard_building
