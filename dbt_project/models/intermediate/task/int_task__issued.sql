{{ config(materialized='table') }}

-- Every task that a version ever told, those among them whose cause has gone without an answer: by them alone it is
-- known how many were raised in a month. Kept as long as a trend may reach back. What rested on a consent goes with it.
with placed as (
    select * from {{ ref('int_task__placed') }}
),

known as (
    select
        task_id,
        subject_id,
        committee_code,
        estate_id,
        needs_consent,
        raised_date
    from {{ ref('stg_run__known_task') }}
    where not needs_consent and raised_date >= {{ as_of_date() }} - interval '36' month
)

select
    coalesce(placed.task_id, known.task_id) as task_id,
    coalesce(placed.subject_id, known.subject_id) as subject_id,
    coalesce(placed.committee_code, known.committee_code) as committee_code,
    coalesce(placed.estate_id, known.estate_id) as estate_id,
    coalesce(placed.needs_consent, known.needs_consent) as needs_consent,
    coalesce(placed.raised_date, known.raised_date) as raised_date,
    placed.answered_date
from placed
full outer join known on placed.task_id = known.task_id
