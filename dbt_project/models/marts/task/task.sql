-- Raised today, or answered by the street and since settled: an answered task is never lost. An answer holds for the
-- evidence on which it was given; when the evidence changes, a new task asks again.
with raised as (
    select * from {{ ref('int_task__raised') }}
),

verdict as (
    select
        kind,
        subject,
        subject_id,
        committee_code,
        evidence_digest,
        verdict,
        checked_at,
        received_at
    from {{ ref('int_verdict__checked') }}
    where is_latest and not is_refused
),

task_kind as (
    select * from {{ ref('task_kind') }}
),

joined as (
    select
        coalesce(raised.kind, verdict.kind) as kind,
        coalesce(raised.subject, verdict.subject) as subject,
        coalesce(raised.subject_id, verdict.subject_id) as subject_id,
        coalesce(raised.committee_code, verdict.committee_code) as committee_code,
        coalesce(raised.evidence_digest, verdict.evidence_digest) as evidence_digest,
        raised.evidence,
        {{ shanghai_date('coalesce(raised.noticed_at, verdict.received_at)') }} as raised_date,
        raised.task_id is not null as is_raised,
        verdict.verdict,
        verdict.checked_at
    from raised
    full outer join verdict
        on
            raised.kind = verdict.kind
            and raised.subject_id = verdict.subject_id
            and raised.evidence_digest = verdict.evidence_digest
)

select
    {{ task_stem('joined.kind', 'joined.subject_id') }} || '-' || joined.evidence_digest as task_id,
    joined.kind,
    task_kind.name_zh as kind_name,
    case when joined.subject = 'resident' then joined.subject_id end as resident_id,
    case when joined.subject = 'dwelling' then joined.subject_id end as dwelling_id,
    case when joined.subject = 'device' then joined.subject_id end as device_id,
    joined.committee_code,
    task_kind.reason_zh as reason,
    joined.evidence,
    joined.evidence_digest,
    task_kind.priority,
    task_kind.owner_zh as owner,
    coalesce(task_kind.needs_consent, false) as needs_consent,
    joined.raised_date,
    joined.raised_date + task_kind.due_days as due_date,
    case
        when not joined.is_raised then 'settled'
        when joined.verdict in ('confirmed', 'corrected') then 'done'
        when joined.verdict = 'unverifiable' then 'unverifiable'
        else 'open'
    end as state,
    joined.verdict,
    joined.checked_at
from joined
inner join task_kind on joined.kind = task_kind.kind
-- What rests on a consent ends with it, answered or not.
where joined.is_raised or not coalesce(task_kind.needs_consent, false)
