select
    kind,
    old_id,
    new_id,
    reason,
    at
from {{ source('identity', 'forward') }}
