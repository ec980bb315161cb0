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
    select
        device_id,
        day,
        due_heartbeats
    from {{ ref('int_heartbeat__expected') }}
),

registered as (
    select device_id from {{ ref('int_device__served') }}
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
        counted.late_messages,
        counted.duplicate_messages,
        raised.alarms
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
        coalesce(heard.late_messages, 0) as late_messages,
        coalesce(heard.duplicate_messages, 0) as duplicate_messages
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
    cast(duplicate_messages as bigint) as duplicate_messages
from joined
