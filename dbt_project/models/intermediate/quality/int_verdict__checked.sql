{{ config(materialized='table') }}

-- Every verdict that came back, with the committee of its subject, and whether it is the newest usable answer to its
-- task.
with committee as (
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
    union all
    select
        'order' as subject,
        order_id as subject_id,
        committee_code
    from {{ ref('stg_run__inbound_order') }}
)

select
    answered.source_key,
    answered.file,
    answered.line,
    answered.task_id,
    answered.kind,
    answered.subject,
    answered.subject_id,
    committee.committee_code,
    answered.evidence_digest,
    answered.verdict,
    answered.field_code,
    answered.checked_at,
    answered.received_at,
    answered.refusal,
    answered.is_repeated,
    answered.refusal is not null as is_refused,
    row_number() over (
        partition by answered.kind, coalesce(answered.subject_id, answered.task_id), answered.evidence_digest
        order by
            case when answered.refusal is not null or answered.is_repeated then 1 else 0 end asc,
            answered.checked_at desc, answered.sequence desc, answered.source_key desc
    ) = 1 as is_latest
from {{ ref('int_verdict__answered') }} as answered
left join committee on answered.subject = committee.subject and answered.subject_id = committee.subject_id
