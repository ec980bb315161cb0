-- Heartbeats due and received per month at the finest area. A device that repeats itself makes up for no other:
-- what it sent is capped at what was due from it that day.
{% set measures = ['heartbeat_due', 'heartbeat_received', 'device_in_service'] %}
with device_day as (
    select
        device_id,
        {{ month_of('day') }} as period,
        due_heartbeats,
        least(received_heartbeats, due_heartbeats) as met_heartbeats
    from {{ ref('device_day') }}
    where due_heartbeats > 0
),

device as (
    select
        device_id,
        estate_id,
        committee_code
    from {{ ref('device') }}
),

counted as (
    select
        device.committee_code,
        device.estate_id,
        device_day.period,
        sum(device_day.due_heartbeats) as heartbeat_due,
        sum(device_day.met_heartbeats) as heartbeat_received,
        count(distinct device_day.device_id) as device_in_service
    from device_day
    inner join device on device_day.device_id = device.device_id
    group by device.committee_code, device.estate_id, device_day.period
)

{{ unpivot_measures('counted', measures) }}
