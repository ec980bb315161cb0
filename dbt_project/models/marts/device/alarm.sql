-- How far each alarm got: raised, judged (somebody ordered work for it), dispatched, arrived, handled (it has an
-- outcome), closed. A source that leaves a step out is believed about the later one.
with raised as (
    select * from {{ ref('int_alarm__raised') }}
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

judged as (
    select
        raised.alarm_id,
        raised.incident_id,
        raised.device_id,
        raised.event_code,
        raised.dwelling_id,
        raised.building_id,
        raised.estate_id,
        raised.committee_code,
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
    left join orders on raised.alarm_id = orders.alarm_id
)

select
    alarm_id,
    device_id,
    event_code as code,
    code_name,
    dwelling_id,
    building_id,
    estate_id,
    committee_code,
    incident_id,
    happened_at as raised_at,
    received_at,
    ordered_at,
    dispatched_at,
    arrived_at,
    closed_at,
    outcome,
    case
        when closed_at is not null then 'closed'
        when outcome is not null then 'handled'
        when arrived_at is not null then 'arrived'
        when dispatched_at is not null then 'dispatched'
        when ordered_at is not null then 'judged'
        else 'raised'
    end as stage,
    {{ seconds_between('received_at', 'dispatched_at') }} / 60.0 as minutes_to_dispatch,
    {{ seconds_between('happened_at', 'arrived_at') }} / 60.0 as minutes_to_arrival,
    {{ seconds_between('happened_at', 'closed_at') }} / 60.0 as minutes_to_closure,
    needs_answer,
    needs_answer and (is_reached_late or is_closed_late) as is_overdue,
    coalesce(is_soon_after, false) as is_repeat,
    needs_answer and ordered_at is null as is_orphan
from judged
