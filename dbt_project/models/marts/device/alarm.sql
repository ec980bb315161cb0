with message as (
    select
        message_id,
        device_id,
        event_code,
        happened_at,
        received_at
    from {{ ref('int_event__deduplicated') }}
),

sla as (
    select * from {{ ref('alarm_sla') }}
),

orders as (
    select * from {{ ref('int_order__merged') }}
),

feed as (
    select last_received_at from {{ ref('int_telemetry__bounded') }}
),

device as (
    select
        device_id,
        dwelling_id,
        building_id,
        estate_id,
        committee_code
    from {{ ref('device') }}
),

raised as (
    select
        message.message_id,
        -- Two devices that number their messages alike must not hide each other's alarms.
        case
            when count(*) over (partition by message.message_id) > 1 then message.message_id || '@' || message.device_id
            else message.message_id
        end as alarm_id,
        message.device_id,
        message.event_code,
        message.happened_at,
        message.received_at,
        lag(message.happened_at) over (
            partition by message.device_id, message.event_code order by message.happened_at, message.message_id
        ) as previous_at
    from message
    inner join sla on message.event_code = sla.code
),

judged as (
    select
        raised.alarm_id,
        raised.device_id,
        raised.event_code,
        raised.happened_at,
        raised.received_at,
        sla.name_zh as code_name,
        orders.ordered_at,
        orders.dispatched_at,
        orders.arrived_at,
        orders.closed_at,
        orders.outcome,
        (sla.needs_order or orders.ordered_at is not null) and coalesce(orders.outcome, '') <> 'TEST' as needs_answer,
        -- The street can act only on what has reached it: the time limits run from the arrival of the message.
        {{ seconds_between(
            'raised.received_at', 'coalesce(orders.arrived_at, orders.closed_at, feed.last_received_at)'
        ) }} > sla.arrival_minutes * 60 as is_reached_late,
        {{ seconds_between('raised.received_at', 'coalesce(orders.closed_at, feed.last_received_at)') }}
        > sla.closing_hours * 3600 as is_closed_late,
        {{ seconds_between('raised.previous_at', 'raised.happened_at') }} <= sla.repeat_minutes * 60 as is_soon_after
    from raised
    cross join feed
    inner join sla on raised.event_code = sla.code
    left join orders on raised.message_id = orders.alarm_id
)

select
    judged.alarm_id,
    judged.device_id,
    judged.event_code as code,
    judged.code_name,
    device.dwelling_id,
    device.building_id,
    device.estate_id,
    device.committee_code,
    judged.happened_at as raised_at,
    judged.received_at,
    judged.ordered_at,
    judged.dispatched_at,
    judged.arrived_at,
    judged.closed_at,
    judged.outcome,
    {{ seconds_between('judged.happened_at', 'judged.arrived_at') }} / 60.0 as minutes_to_arrival,
    judged.needs_answer,
    judged.needs_answer and (judged.is_reached_late or judged.is_closed_late) as is_overdue,
    coalesce(judged.is_soon_after, false) as is_repeat
from judged
left join device on judged.device_id = device.device_id
