-- Every task with the estate of its dwelling, or of the person's home; an estate of another committee than the task's
-- says nothing.
with resident as (
    select
        resident_id,
        dwelling_id
    from {{ ref('resident') }}
),

dwelling as (
    select
        dwelling_id,
        estate_id,
        committee_code
    from {{ ref('dwelling') }}
)

select
    task.task_id,
    task.kind,
    coalesce(task.resident_id, task.dwelling_id, task.device_id, task.task_id) as subject_id,
    task.committee_code,
    dwelling.estate_id,
    task.needs_consent,
    task.state,
    task.verdict,
    task.raised_date,
    task.answered_date
from {{ ref('task') }} as task
left join resident on task.resident_id = resident.resident_id
left join dwelling
    on
        coalesce(task.dwelling_id, resident.dwelling_id) = dwelling.dwelling_id
        and task.committee_code = dwelling.committee_code
