select
    change.kind,
    change.place_id,
    change.predecessor_id,
    change.reason,
    change.at as changed_at
from {{ source('identity', 'place_change') }} as change
