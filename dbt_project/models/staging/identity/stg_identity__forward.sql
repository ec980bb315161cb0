select
    kind,
    old_id,
    new_id,
    reason,
    "at" as recorded_at
from {{ source('identity', 'forward') }}
