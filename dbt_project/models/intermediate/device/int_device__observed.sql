{{ config(materialized='table') }}

-- What a device has said of itself: its newest message, the battery named there, and how battery and signal moved over
-- the last var device_trend_days, by a straight line through its days. A device that spoke on many days and always told
-- the very same signal and battery measures nothing: its line is flat.
with counted as (
    select
        device_id,
        last_received_at,
        battery_min,
        battery_last,
        signal_min,
        signal_max,
        battery_first,
        {{ days_between('day', as_of_date()) }} < {{ var('device_trend_days') }} as is_lately,
        {{ days_between("cast('2000-01-01' as date)", 'day') }} as day_no
    from {{ ref('stg_telemetry__counts') }}
),

latest as (
    select
        device_id,
        max(last_received_at) as last_seen_at,
        cast(arg_max(battery_last, last_received_at) as double) as battery_pct
    from counted
    group by device_id
),

trend as (
    select
        device_id,
        count(*) as day_count,
        regr_slope(cast(battery_last as double), cast(day_no as double)) as battery_pct_per_day,
        regr_slope(cast(signal_min + signal_max as double) / 2, cast(day_no as double)) as signal_dbm_per_day,
        min(signal_min) = max(signal_max)
        and min(battery_min) = max(greatest(battery_first, battery_last)) as is_unmoved
    from counted
    where is_lately
    group by device_id
)

select
    latest.device_id,
    latest.last_seen_at,
    latest.battery_pct,
    case
        when trend.day_count >= {{ var('device_trend_least_days') }} then round(trend.battery_pct_per_day, 6)
    end as battery_pct_per_day,
    case
        when trend.day_count >= {{ var('device_trend_least_days') }} then round(trend.signal_dbm_per_day, 6)
    end as signal_dbm_per_day,
    coalesce(trend.is_unmoved and trend.day_count >= {{ var('device_trend_least_days') }}, false) as is_flat_lining
from latest
left join trend on latest.device_id = trend.device_id
