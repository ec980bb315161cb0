{{ config(materialized='table') }}

-- What a device has said of itself lately: its newest message and the battery that it named there.
with counted as (
    select
        device_id,
        last_received_at,
        battery_last
    from {{ ref('stg_telemetry__counts') }}
)

select
    device_id,
    max(last_received_at) as last_seen_at,
    cast(arg_max(battery_last, last_received_at) as double) as battery_pct
from counted
group by device_id
