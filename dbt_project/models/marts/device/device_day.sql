with counted as (
    select * from {{ ref('stg_telemetry__counts') }}
),

event as (
    select
        device_id,
        day,
        event_code
    from {{ ref('int_event__deduplicated') }}
),

alarm_code as (
    select code from {{ ref('alarm_sla') }}
),

due as (
    select * from {{ ref('int_heartbeat__expected') }}
),

registered as (
    select
        device_id,
        noisy_events
    from {{ ref('int_device__served') }}
),

raised as (
    select
        event.device_id,
        event.day,
        count(*) as alarms
    from event
    inner join alarm_code on event.event_code = alarm_code.code
    group by event.device_id, event.day
),

heard as (
    select
        counted.device_id,
        counted.day,
        counted.received_heartbeats,
        counted.events,
        counted.battery_min,
        counted.battery_last,
        counted.signal_min,
        counted.signal_max,
        counted.late_messages,
        counted.duplicate_messages,
        counted.clock_wrong_messages,
        counted.last_received_at,
        {{ seconds_between('counted.first_received_at', 'counted.last_received_at') }} as heard_seconds,
        raised.alarms,
        counted.events > registered.noisy_events as is_noisy
    from counted
    inner join registered on counted.device_id = registered.device_id
    left join raised on counted.device_id = raised.device_id and counted.day = raised.day
),

joined as (
    select
        coalesce(due.device_id, heard.device_id) as device_id,
        coalesce(due.day, heard.day) as day,
        coalesce(due.due_heartbeats, 0) as due_heartbeats,
        coalesce(heard.received_heartbeats, 0) as received_heartbeats,
        coalesce(heard.events, 0) as events,
        coalesce(heard.alarms, 0) as alarms,
        heard.battery_min,
        heard.battery_last,
        heard.signal_min,
        heard.signal_max,
        coalesce(heard.late_messages, 0) as late_messages,
        coalesce(heard.duplicate_messages, 0) as duplicate_messages,
        coalesce(heard.clock_wrong_messages, 0) as clock_wrong_messages,
        coalesce(heard.is_noisy, false) as is_noisy,
        due.due_seconds,
        -- A heartbeat vouches for one interval; all of them for no more than the time between the first and the last
        -- message, and one interval.
        least(
            due.due_seconds,
            coalesce(heard.received_heartbeats * due.heartbeat_seconds, 0),
            coalesce(heard.heard_seconds + due.heartbeat_seconds, 0)
        ) as online_seconds,
        case
            when due.device_id is null then null
            when {{ seconds_between('heard.last_received_at', 'due.last_due_at') }} <= due.grace_seconds then 'online'
            else 'offline'
        end as state
    from due
    full outer join heard on due.device_id = heard.device_id and due.day = heard.day
)

select
    device_id,
    day,
    cast(due_heartbeats as bigint) as due_heartbeats,
    cast(received_heartbeats as bigint) as received_heartbeats,
    case
        when due_heartbeats > 0 then least(1.0, cast(received_heartbeats as double) / due_heartbeats)
    end as online_rate,
    cast(events as bigint) as events,
    cast(alarms as bigint) as alarms,
    cast(battery_min as integer) as battery_min,
    cast(late_messages as bigint) as late_messages,
    cast(duplicate_messages as bigint) as duplicate_messages,
    cast(clock_wrong_messages as bigint) as clock_wrong_messages,
    cast(due_seconds as bigint) as due_seconds,
    case when due_seconds is not null then cast(online_seconds as bigint) end as online_seconds,
    state,
    cast(battery_last as integer) as battery_last,
    cast(signal_min as integer) as signal_min,
    cast(signal_max as integer) as signal_max,
    is_noisy
from joined
