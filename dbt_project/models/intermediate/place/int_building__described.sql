-- One row a building record of either department, with the elements that name it and the estate it stands in.
-- The police list has no key for a building: the elements down to gate and block are one.
with estate as (select * from {{ ref('stg_property__estate') }} where is_live),

-- 1支弄12号 is gate 12 in sub-lane 1.
named as (
    select
        source_key,
        estate_source_key,
        building_name,
        gate,
        block,
        coalesce(gate, block, nullif(regexp_extract(building_name, '^0*([0-9A-Z]+)$', 1), '')) as own_number,
        nullif(regexp_extract(building_name, '([0-9A-Z]+)支弄', 1), '') as sublane
    from {{ ref('stg_property__building') }}
    where is_live
),

-- 12号, 12号楼 and a bare 12 are written for each other: whether the number is a gate's or a block's, most of the
-- addresses of the building's own houses say.
told as (
    select
        house.building_source_key,
        sum(case when house.address_gate = named.own_number and house.address_block is null then 1 else 0 end)
        - sum(case when house.address_block = named.own_number then 1 else 0 end) as gate_lead
    from {{ ref('stg_property__house') }} as house
    inner join named on house.building_source_key = named.source_key
    where house.is_live
    group by house.building_source_key
),

housing as (
    select
        named.source_key,
        named.estate_source_key,
        named.sublane,
        case
            when told.gate_lead > 0 then named.own_number when coalesce(told.gate_lead, 0) = 0 then named.gate
        end as gate,
        case
            when told.gate_lead < 0 then named.own_number when coalesce(told.gate_lead, 0) = 0 then named.block
        end as block
    from named
    left join told on named.source_key = told.building_source_key
),

standard as (
    select
        {{ address_key("coalesce(address_road, estate_name_key, address_estate)", "address_lane", "address_sublane",
                       "address_gate", "address_block") }} as source_key,
        address_road as road,
        min(coalesce(estate_name_key, address_estate)) as estate,
        address_lane as lane,
        address_sublane as sublane,
        address_gate as gate,
        address_block as block
    from {{ ref('stg_police__bzdz') }}
    where
        is_live
        and (address_gate is not null or address_block is not null)
        and coalesce(address_road, estate_name_key, address_estate) is not null
    group by
        coalesce(address_road, estate_name_key, address_estate), address_road, address_lane, address_sublane,
        address_gate, address_block
)

-- Where the estate itself has a house number, a building's own number is one inside it and says nothing about the road.
select
    {{ record_origin('property', 'building') }},
    housing.source_key,
    case
        when housing.gate is null or estate.address_gate is null or estate.address_lane is not null
            then estate.address_road
    end as road,
    estate.estate_name_key as estate,
    estate.address_lane as lane,
    coalesce(housing.sublane, estate.address_sublane) as sublane,
    coalesce(housing.gate, case when housing.block is not null then estate.address_gate end) as gate,
    housing.block
from housing
left join estate on housing.estate_source_key = estate.source_key
union all
select
    {{ record_origin('police', 'BZDZ') }},
    source_key,
    road,
    estate,
    lane,
    sublane,
    gate,
    block
from standard
