select
    source_system,
    source_entity,
    source_key,
    resident_id,
    linked_by,
    match_weight,
    linked_at,
    is_live
from {{ source('identity', 'resident_link') }}
