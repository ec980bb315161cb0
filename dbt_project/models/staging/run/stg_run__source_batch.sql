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
    digest
from {{ source('run', 'source_batch') }}
