-- Raised today, or answered by the street and since settled: an answered task is never lost. An answer holds for the
-- evidence on which it was given; when the evidence changes, a new task asks again. A task is raised on the day of the
-- first version that told it, as the runs since remember, and its days run from then.
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
        raised.task_id is not null as is_raised,
        verdict.verdict,
        verdict.checked_at,
        {{ shanghai_date('verdict.received_at') }} as received_date
    from raised
    full outer join verdict
        on
            raised.kind = verdict.kind
            and raised.subject_id = verdict.subject_id
            and raised.evidence_digest = verdict.evidence_digest
),

dated as (
    select
        {{ task_stem('joined.kind', 'joined.subject_id') }} || '-' || joined.evidence_digest as task_id,
        joined.kind,
        joined.subject,
        joined.subject_id,
        joined.committee_code,
        joined.evidence,
        joined.evidence_digest,
        joined.is_raised,
        joined.verdict,
        joined.checked_at,
        joined.received_date,
        coalesce(
            known.raised_date, least(coalesce(joined.received_date, {{ as_of_date() }}), {{ as_of_date() }})
        ) as raised_date
    from joined
    left join {{ ref('stg_run__known_task') }} as known
        on {{ task_stem('joined.kind', 'joined.subject_id') }} || '-' || joined.evidence_digest = known.task_id
)

select
    dated.task_id,
    dated.kind,
    task_kind.name_zh as kind_name,
    case when dated.subject = 'resident' then dated.subject_id end as resident_id,
    case when dated.subject = 'dwelling' then dated.subject_id else inbound.dwelling_id end as dwelling_id,
    case when dated.subject = 'device' then dated.subject_id end as device_id,
    dated.committee_code,
    task_kind.reason_zh as reason,
    dated.evidence,
    dated.evidence_digest,
    task_kind.priority,
    task_kind.owner_zh as owner,
    coalesce(task_kind.needs_consent, false) as needs_consent,
    dated.raised_date,
    coalesce(inbound.due_date, dated.raised_date + task_kind.due_days) as due_date,
    case
        when not dated.is_raised then 'settled'
        when dated.verdict in ('confirmed', 'corrected') then 'done'
        when dated.verdict = 'unverifiable' then 'unverifiable'
        else 'open'
    end as state,
    dated.verdict,
    dated.checked_at,
    case
        when dated.verdict is not null
            then greatest(coalesce({{ shanghai_date('dated.checked_at') }}, dated.received_date), dated.raised_date)
    end as answered_date
from dated
inner join task_kind on dated.kind = task_kind.kind
left join {{ ref('int_inbound__placed') }} as inbound
    on dated.subject = 'order' and dated.subject_id = inbound.order_id
-- What rests on a consent ends with it, answered or not.
where dated.is_raised or not coalesce(task_kind.needs_consent, false)
