-- One row an estate whose lane bears another number in the police list than at the housing bureau: one of the two
-- was told of a renumbering before the other. Only where nothing else is meant: each side knows one estate of that
-- name, on one lane of the same road, and the other side's number is no lane of its own.
with lane as (
    select distinct
        source_system,
        estate,
        road,
        lane
    from {{ ref('int_building__described') }}
    where road is not null and lane is not null
),

single as (
    select
        source_system,
        estate,
        min(road) as road,
        min(lane) as lane
    from lane
    where estate is not null
    group by source_system, estate
    having count(*) = 1
),

-- One name in two committees, or of two estates, is not one estate.
unique_name as (
    select
        'police' as source_system,
        estate_name_key as estate
    from {{ ref('stg_police__bzdz') }}
    where is_live
    group by estate_name_key
    having count(distinct committee_code) = 1
    union all
    select
        'property' as source_system,
        estate_name_key as estate
    from {{ ref('stg_property__estate') }}
    where is_live
    group by estate_name_key
    having count(*) = 1
)

select
    standard.estate,
    standard.road,
    standard.lane,
    housing.lane as other_lane
from single as standard
inner join single as housing
    on
        standard.estate = housing.estate
        and standard.road = housing.road
        and standard.source_system = 'police'
        and housing.source_system = 'property'
inner join unique_name as known_standard
    on standard.estate = known_standard.estate and known_standard.source_system = 'police'
inner join unique_name as known_housing
    on housing.estate = known_housing.estate and known_housing.source_system = 'property'
left join lane as taken_standard
    on
        taken_standard.source_system = 'police'
        and housing.road = taken_standard.road
        and housing.lane = taken_standard.lane
left join lane as taken_housing
    on
        taken_housing.source_system = 'property'
        and standard.road = taken_housing.road
        and standard.lane = taken_housing.lane
where standard.lane <> housing.lane and taken_standard.lane is null and taken_housing.lane is null
