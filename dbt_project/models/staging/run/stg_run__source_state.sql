select
    source,
    reached_at,
    is_stale,
    stale_since,
    message
from {{ source('run', 'source_state') }}
