-- Additive counts of tasks at the finest area. Issued are those that stand or were answered; an answer is told apart by
-- whether it could be given. A candidate is somebody who may have a benefit by the rules.
{% set measures = [
    'task', 'task_answered', 'task_judged', 'task_confirmed', 'task_open', 'entitlement', 'entitlement_judged',
    'entitlement_confirmed',
] %}
with task as (
    select
        committee_code,
        estate_id,
        case when verdict is not null then 1 else 0 end as is_answered,
        case when verdict in ('confirmed', 'corrected') then 1 else 0 end as is_judged,
        case when verdict = 'confirmed' then 1 else 0 end as is_confirmed,
        case when state = 'open' then 1 else 0 end as is_open,
        case when kind like 'entitlement%' then 1 else 0 end as is_entitlement
    from {{ ref('int_task__placed') }}
),

counted as (
    select
        task.committee_code,
        task.estate_id,
        {{ month_of(as_of_date()) }} as period,
        count(*) as task,
        sum(task.is_answered) as task_answered,
        sum(task.is_judged) as task_judged,
        sum(task.is_confirmed) as task_confirmed,
        sum(task.is_open) as task_open,
        sum(task.is_entitlement) as entitlement,
        sum(task.is_entitlement * task.is_judged) as entitlement_judged,
        sum(task.is_entitlement * task.is_confirmed) as entitlement_confirmed
    from task
    group by task.committee_code, task.estate_id
)

{{ unpivot_measures('counted', measures) }}
