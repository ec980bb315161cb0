select
    kind,
    place_id,
    predecessor_id,
    reason,
    cast(changed_at as timestamp) as changed_at
from {{ ref('stg_identity__place_change') }}
