-- Every task that this street could ever have issued: each kind with each subject, retired IDs among them.
-- By this a verdict is known to be ours even after the cause of its task has gone.
with kind as (
    select
        kind,
        subject
    from {{ ref('task_kind') }}
),

subject as (
    select
        'resident' as subject,
        resident_id as subject_id,
        committee_code
    from {{ ref('resident') }}
    union all
    select
        'resident' as subject,
        old_resident_id as subject_id,
        cast(null as varchar) as committee_code
    from {{ ref('resident_forward') }}
    union all
    select
        'dwelling' as subject,
        dwelling_id as subject_id,
        committee_code
    from {{ ref('dwelling') }}
    union all
    select
        'device' as subject,
        device_id as subject_id,
        committee_code
    from {{ ref('device') }}
)

select
    {{ task_id('kind.kind', 'subject.subject_id') }} as task_id,
    kind.kind,
    kind.subject,
    subject.subject_id,
    subject.committee_code
from kind
inner join subject on kind.subject = subject.subject
