-- One row a committee and kind of task: how many went out and came back, what the visits found, and how long it took.
with counted as (
    select
        committee_code,
        kind,
        kind_name,
        count(*) as issued_count,
        count(verdict) as returned_count,
        sum(case when verdict in ('confirmed', 'corrected') then 1 else 0 end) as checked_count,
        sum(case when verdict = 'confirmed' then 1 else 0 end) as confirmed_count,
        sum(case when verdict = 'corrected' then 1 else 0 end) as corrected_count,
        sum(case when state = 'open' and due_date < {{ as_of_date() }} then 1 else 0 end) as overdue_count,
        avg(
            case
                when checked_at is not null
                    then greatest({{ days_between('raised_date', shanghai_date('checked_at')) }}, 0) * 1.0
            end
        ) as mean_days
    from {{ ref('task') }}
    where committee_code is not null
    group by committee_code, kind, kind_name
)

select
    committee_code,
    kind,
    kind_name,
    cast(issued_count as bigint) as issued_count,
    cast(returned_count as bigint) as returned_count,
    cast(checked_count as bigint) as checked_count,
    cast(confirmed_count as bigint) as confirmed_count,
    cast(corrected_count as bigint) as corrected_count,
    cast(overdue_count as bigint) as overdue_count,
    cast(round(100.0 * returned_count / issued_count, 2) as double) as returned_rate,
    cast(round(100.0 * checked_count / issued_count, 2) as double) as checked_rate,
    cast(round(100.0 * confirmed_count / nullif(checked_count, 0), 2) as double) as confirmed_rate,
    cast(round(100.0 * corrected_count / nullif(checked_count, 0), 2) as double) as corrected_rate,
    cast(round(mean_days, 1) as double) as mean_days
from counted
