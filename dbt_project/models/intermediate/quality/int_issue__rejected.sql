-- Rows that were refused at the door. Their key is unknown, so the batch and the line in which a row first came name
-- it; the same bytes refused again are the same issue. It is settled when the newest full snapshot no longer holds
-- the row, or when the row was replayed after its rule was mended.
with rejected as (
    select * from {{ ref('stg_run__rejected_row') }}
),

batch as (
    select
        source,
        entity,
        batch_id,
        received_at,
        max(case when is_full then received_at end) over (partition by source, entity) as snapshot_at
    from {{ ref('stg_run__source_batch') }}
),

told as (
    select
        rejected.source,
        rejected.entity,
        rejected.rule,
        rejected.row_digest,
        rejected.detail_masked,
        rejected.is_replayed,
        batch.received_at,
        batch.snapshot_at,
        rejected.batch_id || '#' || coalesce(cast(rejected.line as varchar), '?') as source_key
    from rejected
    inner join batch
        on
            rejected.source = batch.source
            -- Rows nested in a record are refused by the name `entity.child`, and came in the entity's batch.
            and split_part(rejected.entity, '.', 1) = batch.entity
            and rejected.batch_id = batch.batch_id
)

select
    source || '.' || entity as dataset,
    source as owner_system,
    min(source_key) as source_key,
    rule,
    max(detail_masked) as detail,
    max(received_at) as seen_at,
    max(case when is_replayed then 1 else 0 end) = 0
    and (max(snapshot_at) is null or max(received_at) >= max(snapshot_at)) as is_open
from told
group by source, entity, rule, row_digest
