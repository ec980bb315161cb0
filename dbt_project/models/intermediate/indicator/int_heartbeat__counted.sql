-- Heartbeats due and received per month at the finest area, where the device hung that day; it is in service where it
-- hung last in the month. A device that repeats itself makes up for no other: what it sent is capped at
-- what was due from it that day.
{% set measures = ['heartbeat_due', 'heartbeat_received', 'device_in_service'] %}
with device_day as (
    select
        device_id,
        day,
        {{ month_of('day') }} as period,
        due_heartbeats,
        least(received_heartbeats, due_heartbeats) as met_heartbeats
    from {{ ref('device_day') }}
    where due_heartbeats > 0
),

placed as (
    select
        stood.committee_code,
        stood.estate_id,
        device_day.period,
        device_day.due_heartbeats,
        device_day.met_heartbeats,
        row_number() over (
            partition by device_day.device_id, device_day.period order by device_day.day desc
        ) = 1 as is_last_day
    from device_day
    inner join {{ ref('int_device__stood') }} as stood
        on
            device_day.device_id = stood.device_id
            and device_day.day >= stood.holds_from
            and device_day.day < stood.holds_until
),

counted as (
    select
        committee_code,
        estate_id,
        period,
        sum(due_heartbeats) as heartbeat_due,
        sum(met_heartbeats) as heartbeat_received,
        sum(case when is_last_day then 1 else 0 end) as device_in_service
    from placed
    group by committee_code, estate_id, period
)

{{ unpivot_measures('counted', measures) }}
