{{ config(materialized='table') }}

-- One alarm may have been ordered twice: the earliest step counts, and it is closed when all its orders are.
with workorder as (
    select
        alarm_id,
        created_at,
        dispatched_at,
        arrived_at,
        closed_at,
        upper(outcome) as outcome
    from {{ ref('stg_device__workorder') }}
    where is_live and alarm_id is not null
)

select
    alarm_id,
    count(*) as order_count,
    min(created_at) as ordered_at,
    min(dispatched_at) as dispatched_at,
    min(arrived_at) as arrived_at,
    case when count(closed_at) = count(*) then max(closed_at) end as closed_at,
    case
        when max(case when outcome = 'REAL' then 1 else 0 end) = 1 then 'REAL'
        when max(case when outcome = 'FALSE' then 1 else 0 end) = 1 then 'FALSE'
        when max(case when outcome = 'TEST' then 1 else 0 end) = 1 then 'TEST'
    end as outcome
from workorder
group by alarm_id
