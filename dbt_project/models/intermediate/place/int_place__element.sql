-- The elements by which a record names a dwelling or a building, one row a record and reading: how the record is built
-- into its estate (structure), what its address says (text), what the police list holds (standard), and
-- that under the lane number which the housing bureau still (or already) uses (renumbered).
-- A text that contradicts the structure may well be another dwelling's, and is left out; 12号 and 12号楼 do not.
-- A home that is listed twice is told once.
with building as (select * from {{ ref('int_building__described') }}),

house as (
    select
        house.source_key,
        building.road,
        building.estate,
        building.lane,
        building.sublane,
        building.gate,
        building.block,
        house.unit,
        -- 8011 of a house whose own address says 801室1 is part 1 of room 801, written in one.
        case
            when house.room = house.address_room || house.address_part then house.address_room else house.room
        end as room,
        case
            when house.room = house.address_room || house.address_part then house.address_part else house.part
        end as part,
        {{ element_columns('house', 'address_') | replace(' as ', ' as told_') }}
    from {{ ref('stg_property__house') }} as house
    left join building on building.source_system = 'property' and house.building_source_key = building.source_key
    left join {{ ref('int_house__twin') }} as twin on house.source_key = twin.source_key and twin.is_one
    where house.is_live and twin.source_key is null
),

standard as (select * from {{ ref('stg_police__bzdz') }} where is_live)

select
    'dwelling' as kind,
    {{ record_origin('property', 'house') }},
    source_key,
    'structure' as reading,
    {{ element_columns() }}
from house
union all
select
    'dwelling' as kind,
    {{ record_origin('property', 'house') }},
    source_key,
    'text' as reading,
    told_road,
    told_estate,
    told_lane,
    told_sublane,
    told_gate,
    told_block,
    coalesce(told_unit, unit) as unit,
    coalesce(told_room, room) as room,
    coalesce(told_part, part) as part
from house
where
    (told_gate is not null or told_block is not null)
    and coalesce(told_room, room, '') = coalesce(room, told_room, '')
    and coalesce(told_unit, unit, '') = coalesce(unit, told_unit, '')
    and coalesce(told_block, block, '') = coalesce(block, told_block, '')
    and (
        coalesce(told_gate, gate, '') = coalesce(gate, told_gate, '')
        or (told_block is null and told_gate = block)
    )
union all
select
    'dwelling' as kind,
    {{ record_origin('police', 'BZDZ') }},
    source_key,
    'standard' as reading,
    address_road,
    coalesce(estate_name_key, address_estate) as estate,
    address_lane,
    address_sublane,
    address_gate,
    address_block,
    address_unit,
    address_room,
    address_part
from standard
where address_gate is not null or address_block is not null
union all
select
    'building' as kind,
    source_system,
    source_entity,
    source_key,
    case when source_system = 'property' then 'structure' else 'standard' end as reading,
    road,
    estate,
    lane,
    sublane,
    gate,
    block,
    cast(null as varchar) as unit,
    cast(null as varchar) as room,
    cast(null as varchar) as part
from building
union all
select
    kind,
    source_system,
    source_entity,
    source_key,
    'renumbered' as reading,
    {{ element_columns() }}
from {{ ref('int_place__renumbered') }}
