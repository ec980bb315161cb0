-- Rows that were refused at the door: their key is unknown, so the batch and the line name them.
select
    source || '.' || entity as dataset,
    batch_id || '#' || cast(line as varchar) as source_key,
    rule,
    detail_masked as detail,
    batch_id
from {{ ref('stg_run__rejected_row') }}
