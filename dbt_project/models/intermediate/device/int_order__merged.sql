{{ config(materialized='table') }}

-- The work orders of each alarm as one. One alarm may have been ordered twice: the earliest step counts, and it is
-- closed when all its orders are. An order names the message; where two devices number theirs alike, its device tells
-- which is meant.
with workorder as (
    select
        alarm_id as message_id,
        device_id,
        created_at,
        dispatched_at,
        arrived_at,
        closed_at,
        upper(outcome) as outcome
    from {{ ref('stg_device__workorder') }}
    where is_live and alarm_id is not null
),

raised as (
    select
        alarm_id,
        message_id,
        device_id
    from {{ ref('int_alarm__raised') }}
)

select
    raised.alarm_id,
    count(*) as order_count,
    min(workorder.created_at) as ordered_at,
    min(workorder.dispatched_at) as dispatched_at,
    min(workorder.arrived_at) as arrived_at,
    case when count(workorder.closed_at) = count(*) then max(workorder.closed_at) end as closed_at,
    case
        when max(case when workorder.outcome = 'REAL' then 1 else 0 end) = 1 then 'REAL'
        when max(case when workorder.outcome = 'FALSE' then 1 else 0 end) = 1 then 'FALSE'
        when max(case when workorder.outcome = 'TEST' then 1 else 0 end) = 1 then 'TEST'
    end as outcome
from workorder
inner join raised
    on
        workorder.message_id = raised.message_id
        and (raised.alarm_id = raised.message_id or workorder.device_id = raised.device_id)
group by raised.alarm_id
