-- Additive counts of tasks by the month in which they were raised, and by that in which they were answered, at the
-- finest area.
{% set measures = ['task_raised', 'task_returned'] %}
with task as (
    select
        committee_code,
        estate_id,
        {{ month_of('raised_date') }} as raised_month,
        {{ month_of('answered_date') }} as answered_month
    from {{ ref('int_task__issued') }}
),

happened as (
    select
        committee_code,
        estate_id,
        raised_month as period,
        1 as is_raised,
        0 as is_answered
    from task
    union all
    select
        committee_code,
        estate_id,
        answered_month as period,
        0 as is_raised,
        1 as is_answered
    from task
    where answered_month is not null
),

counted as (
    select
        happened.committee_code,
        happened.estate_id,
        happened.period,
        sum(happened.is_raised) as task_raised,
        sum(happened.is_answered) as task_returned
    from happened
    group by happened.committee_code, happened.estate_id, happened.period
)

{{ unpivot_measures('counted', measures) }}
