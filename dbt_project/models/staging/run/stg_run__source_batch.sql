select
    source,
    entity,
    batch_id,
    received_at,
    read_rows,
    loaded_rows,
    rejected_rows,
    deduplicated_rows,
    file,
    digest,
    is_full
from {{ source('run', 'source_batch') }}
