{{ config(materialized='table') }}

-- Every verdict that came back, and the task it belongs to: a task that was never ours is refused.
-- Tasks are known again by the stem of their ID even when the cause has gone since, because it follows from kind and
-- subject; what follows the stem tells on which evidence the verdict was given.
with verdict as (
    select
        source_key,
        task_id,
        substr(task_id, 1, 25) as task_stem,
        substr(task_id, 27) as evidence_digest,
        verdict,
        field,
        value,
        checked_by,
        checked_at,
        _received_at as received_at,
        _sequence as sequence
    from {{ ref('stg_feedback__verdict') }}
    where is_live
),

possible as (
    select
        task_stem,
        kind,
        subject,
        subject_id,
        committee_code
    from {{ ref('int_task__conceivable') }}
)

select
    verdict.source_key,
    verdict.task_id,
    possible.kind,
    possible.subject,
    possible.subject_id,
    possible.committee_code,
    verdict.evidence_digest,
    verdict.verdict,
    verdict.field,
    verdict.value,
    verdict.checked_by,
    verdict.checked_at,
    verdict.received_at,
    possible.task_stem is null as is_refused,
    row_number() over (
        partition by possible.kind, coalesce(possible.subject_id, verdict.task_id), verdict.evidence_digest
        order by verdict.checked_at desc, verdict.sequence desc, verdict.source_key desc
    ) = 1 as is_latest
from verdict
left join possible on verdict.task_stem = possible.task_stem and length(verdict.task_id) = 34
