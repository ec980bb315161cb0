-- How full the parking bays of each estate were, by hour and weighed by time: seconds occupied of those in which the
-- sensors told the state of their bays. No bay, car or person is told.
with held as (
    select
        device_id,
        estate_id,
        begins_at,
        ends_at,
        is_occupied,
        is_change,
        date_trunc('hour', begins_at) as first_hour_at
    from {{ ref('int_bay__held') }}
    where ends_at >= begins_at
),

hourly as (
    select
        held.device_id,
        held.estate_id,
        held.is_occupied,
        listed.hour_at,
        held.is_change and listed.hour_at = held.first_hour_at as is_begun,
        {{ seconds_between(
            'greatest(held.begins_at, listed.hour_at)', "least(held.ends_at, listed.hour_at + interval '1' hour)"
        ) }} as seconds
    from held
    cross join unnest(generate_series(held.first_hour_at, held.ends_at, interval 1 hour)) as listed (hour_at)
),

summed as (
    select
        estate_id,
        hour_at,
        count(distinct device_id) as bay_count,
        sum(seconds) as told_seconds,
        sum(case when is_occupied then seconds else 0 end) as occupied_seconds,
        sum(case when is_occupied and is_begun then 1 else 0 end) as arrivals,
        sum(case when not is_occupied and is_begun then 1 else 0 end) as departures
    from hourly
    group by estate_id, hour_at
)

select
    summed.estate_id,
    summed.hour_at,
    estate.committee_code,
    cast(summed.bay_count as bigint) as bay_count,
    cast(round(summed.told_seconds) as bigint) as told_seconds,
    cast(round(summed.occupied_seconds) as bigint) as occupied_seconds,
    case
        when summed.told_seconds > 0 then round(cast(summed.occupied_seconds as double) / summed.told_seconds, 6)
    end as occupancy_rate,
    cast(summed.arrivals as bigint) as arrivals,
    cast(summed.departures as bigint) as departures
from summed
inner join {{ ref('estate') }} as estate on summed.estate_id = estate.estate_id
