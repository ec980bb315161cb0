-- The elements of the police list's places in a renumbered lane, under the number that the housing bureau uses.
with renumbered as (select * from {{ ref('int_lane__renumbered') }})

select
    'dwelling' as kind,
    {{ record_origin('police', 'BZDZ') }},
    standard.source_key,
    renumbered.road,
    renumbered.estate,
    renumbered.other_lane as lane,
    standard.address_sublane as sublane,
    standard.address_gate as gate,
    standard.address_block as block,
    standard.address_unit as unit,
    standard.address_room as room,
    standard.address_part as part
from {{ ref('stg_police__bzdz') }} as standard
inner join renumbered
    on
        standard.address_road = renumbered.road
        and standard.address_lane = renumbered.lane
        and coalesce(standard.estate_name_key, standard.address_estate) = renumbered.estate
where standard.is_live and (standard.address_gate is not null or standard.address_block is not null)
union all
select
    'building' as kind,
    building.source_system,
    building.source_entity,
    building.source_key,
    building.road,
    building.estate,
    renumbered.other_lane as lane,
    building.sublane,
    building.gate,
    building.block,
    cast(null as varchar) as unit,
    cast(null as varchar) as room,
    cast(null as varchar) as part
from {{ ref('int_building__described') }} as building
inner join renumbered
    on
        building.source_system = 'police'
        and building.road = renumbered.road
        and building.lane = renumbered.lane
        and building.estate = renumbered.estate
