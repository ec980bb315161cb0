-- Additive counts of alarms by the month in which they were raised, at the finest area.
-- Due are those that call for somebody and are closed or late: one that is open and in time is judged next month.
{% set measures = [
    'alarm', 'alarm_judged', 'alarm_false', 'alarm_repeat', 'alarm_due', 'alarm_timely', 'alarm_overdue',
    'alarm_arrived', 'arrival_minutes', 'alarm_closed', 'handling_minutes',
] %}
with alarm as (
    select
        committee_code,
        estate_id,
        outcome,
        minutes_to_arrival,
        is_overdue,
        is_repeat,
        {{ seconds_between('raised_at', 'closed_at') }} / 60.0 as minutes_to_closure,
        {{ month_of(shanghai_date('raised_at')) }} as period,
        needs_answer and (closed_at is not null or is_overdue) as is_due
    from {{ ref('alarm') }}
),

counted as (
    select
        alarm.committee_code,
        alarm.estate_id,
        alarm.period,
        count(*) as alarm,
        sum(case when alarm.outcome in ('REAL', 'FALSE') then 1 else 0 end) as alarm_judged,
        sum(case when alarm.outcome = 'FALSE' then 1 else 0 end) as alarm_false,
        sum(case when alarm.is_repeat then 1 else 0 end) as alarm_repeat,
        sum(case when alarm.is_due then 1 else 0 end) as alarm_due,
        sum(case when alarm.is_due and not alarm.is_overdue then 1 else 0 end) as alarm_timely,
        sum(case when alarm.is_due and alarm.is_overdue then 1 else 0 end) as alarm_overdue,
        count(alarm.minutes_to_arrival) as alarm_arrived,
        sum(coalesce(alarm.minutes_to_arrival, 0)) as arrival_minutes,
        count(alarm.minutes_to_closure) as alarm_closed,
        sum(coalesce(alarm.minutes_to_closure, 0)) as handling_minutes
    from alarm
    group by alarm.committee_code, alarm.estate_id, alarm.period
)

{{ unpivot_measures('counted', measures) }}
