select
    source,
    entity,
    batch_id,
    line,
    rule,
    detail_masked,
    row_digest,
    is_replayed
from {{ source('run', 'rejected_row') }}
