-- Additive counts of days in service by fleet (seed device_type), month and finest area: where the device hung that
-- day. A measure bears the name of
-- its fleet before its own: `gate:due_seconds`. Which of them make a rate, and what it is called, is said by
-- indicator_formula.
{% set measures = [
    'due_seconds', 'online_seconds', 'device_day', 'device_day_intact', 'device_day_used', 'beats_due', 'beats_met',
] %}
with lived as (
    select
        device_type.fleet,
        stood.committee_code,
        stood.estate_id,
        {{ month_of('device_day.day') }} as period,
        device_day.due_seconds,
        device_day.online_seconds,
        device_day.due_heartbeats,
        device_day.received_heartbeats,
        device_day.events,
        -- In order: it was heard to the end of the day, and the register of that day names no fault.
        device_day.state = 'online' and not coalesce(
            stood.status = 'FAULT'
            and device_day.day between stood.valid_from and coalesce(stood.valid_to, device_day.day), false
        ) as is_intact
    from {{ ref('device_day') }} as device_day
    inner join {{ ref('device') }} as device on device_day.device_id = device.device_id
    inner join {{ ref('device_type') }} as device_type on device.type = device_type.type
    inner join {{ ref('int_device__stood') }} as stood
        on
            device_day.device_id = stood.device_id
            and device_day.day >= stood.holds_from
            and device_day.day < stood.holds_until
    where device_day.due_heartbeats > 0
),

counted as (
    select
        fleet,
        committee_code,
        estate_id,
        period,
        sum(due_seconds) as due_seconds,
        sum(online_seconds) as online_seconds,
        count(*) as device_day,
        sum(case when is_intact then 1 else 0 end) as device_day_intact,
        sum(case when events > 0 then 1 else 0 end) as device_day_used,
        sum(due_heartbeats) as beats_due,
        sum(least(received_heartbeats, due_heartbeats)) as beats_met
    from lived
    group by fleet, committee_code, estate_id, period
)

{{ unpivot_measures('counted', measures, 'fleet') }}
