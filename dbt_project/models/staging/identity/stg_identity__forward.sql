select
    forward.kind,
    forward.old_id,
    forward.new_id,
    forward.reason,
    forward.at as recorded_at
from {{ source('identity', 'forward') }} as forward
