-- Rows that were refused at the door: their key is unknown, so the batch and the line name them.
with rejected as (
    select * from {{ ref('stg_run__rejected_row') }}
),

batch as (
    select
        source,
        entity,
        batch_id,
        received_at
    from {{ ref('stg_run__source_batch') }}
)

select
    rejected.source || '.' || rejected.entity as dataset,
    rejected.source as owner_system,
    rejected.batch_id || '#' || coalesce(cast(rejected.line as varchar), '?') as source_key,
    rejected.rule,
    rejected.detail_masked as detail,
    batch.received_at as seen_at,
    true as is_open
from rejected
inner join batch
    on
        rejected.source = batch.source
        -- Rows nested in a record are refused by the name `entity.child`, and came in the entity's batch.
        and split_part(rejected.entity, '.', 1) = batch.entity
        and rejected.batch_id = batch.batch_id
