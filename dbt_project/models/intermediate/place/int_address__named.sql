-- One row a distinct address wording, its road and estate as the register calls them: a name that the register does not
-- bear is read as the one that it stands for, if there is one.
with told as (
    select distinct
        element_key,
        {{ element_columns() }}
    from {{ ref('int_address__worded') }}
    where road is not null or estate is not null
)

select
    told.element_key,
    coalesce(other_road.name, told.road) as road,
    coalesce(other_estate.name, told.estate) as estate,
    told.lane,
    told.sublane,
    told.gate,
    told.block,
    told.unit,
    told.room,
    told.part,
    coalesce(other_road.reason, other_estate.reason) as alternate
from told
left join {{ ref('int_name__alternate') }} as other_road
    on other_road.scope = 'road' and told.road = other_road.told_name
left join {{ ref('int_name__alternate') }} as other_estate
    on other_estate.scope = 'estate' and told.estate = other_estate.told_name
