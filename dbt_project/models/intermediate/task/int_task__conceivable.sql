{{ config(materialized='view') }}

-- Every task that this street could ever have issued: each kind with each subject, and with the IDs that lead to it.
-- By this a verdict is known to be ours even after the cause of its task has gone: a task's ID begins with this stem
-- and ends with the digest of its evidence. It rests on identity alone, since verdicts correct what is published.
with kind as (
    select
        kind,
        subject
    from {{ ref('task_kind') }}
),

living as (
    select distinct
        'resident' as subject,
        resident_id as subject_id
    from {{ ref('stg_identity__resident_link') }}
    union all
    select distinct
        'dwelling' as subject,
        dwelling_id as subject_id
    from {{ ref('int_dwelling__named') }}
    union all
    select
        'device' as subject,
        source_key as subject_id
    from {{ ref('stg_device__register') }}
    union all
    select
        'order' as subject,
        order_id as subject_id
    from {{ ref('stg_run__inbound_order') }}
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
        subject_id
    from living
    union all
    select
        living.subject,
        forward.old_id as issued_id,
        living.subject_id
    from forward
    inner join living on forward.kind = living.subject and forward.new_id = living.subject_id
)

select
    {{ task_stem('kind.kind', 'named.issued_id') }} as task_stem,
    kind.kind,
    kind.subject,
    named.subject_id
from kind
inner join named on kind.subject = named.subject
