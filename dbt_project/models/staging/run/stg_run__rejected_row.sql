select
    source,
    entity,
    batch_id,
    line,
    rule,
    detail_masked
from {{ source('run', 'rejected_row') }}
