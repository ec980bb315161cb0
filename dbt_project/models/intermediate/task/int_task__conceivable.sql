{{ config(materialized='view') }}

-- Every task that this street could ever have issued: each kind with each subject, and with the IDs that lead to it.
-- By this a verdict is known to be ours even after the cause of its task has gone: a task's ID begins with this stem
-- and ends with the digest of its evidence.
with kind as (
    select
        kind,
        subject
    from {{ ref('task_kind') }}
),

living as (
    select
        'resident' as subject,
        resident_id as subject_id,
        committee_code
    from {{ ref('resident') }}
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
),

forward as (
    select
        kind,
        old_id,
        new_id
    from {{ ref('stg_identity__forward') }}
),

named as (
    select
        subject,
        subject_id as issued_id,
        subject_id,
        committee_code
    from living
    union all
    select
        living.subject,
        forward.old_id as issued_id,
        living.subject_id,
        living.committee_code
    from forward
    inner join living on forward.kind = living.subject and forward.new_id = living.subject_id
)

select
    {{ task_stem('kind.kind', 'named.issued_id') }} as task_stem,
    kind.kind,
    kind.subject,
    named.subject_id,
    named.committee_code
from kind
inner join named on kind.subject = named.subject
