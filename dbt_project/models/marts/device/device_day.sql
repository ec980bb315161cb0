with message as (
    select * from {{ ref('int_message__deduplicated') }}
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

counted as (
    select
        message.device_id,
        message.day,
        sum(case when message.kind = 'hb' then 1 else 0 end) as received_heartbeats,
        sum(case when message.kind = 'ev' then 1 else 0 end) as events,
        count(alarm_code.code) as alarms,
        min(message.battery_pct) as battery_min,
        sum(case when message.is_late then 1 else 0 end) as late_messages,
        sum(message.repeat_count) as duplicate_messages
    from message
    inner join registered on message.device_id = registered.device_id
    left join alarm_code on message.event_code = alarm_code.code and message.kind = 'ev'
    group by message.device_id, message.day
),

joined as (
    select
        coalesce(due.device_id, counted.device_id) as device_id,
        coalesce(due.day, counted.day) as day,
        coalesce(due.due_heartbeats, 0) as due_heartbeats,
        coalesce(counted.received_heartbeats, 0) as received_heartbeats,
        coalesce(counted.events, 0) as events,
        coalesce(counted.alarms, 0) as alarms,
        counted.battery_min,
        coalesce(counted.late_messages, 0) as late_messages,
        coalesce(counted.duplicate_messages, 0) as duplicate_messages
    from due
    full outer join counted on due.device_id = counted.device_id and due.day = counted.day
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
