select
    resident_id,
    source_system,
    source_entity,
    source_key,
    role,
    linked_by,
    cast(match_weight as double) as match_weight,
    cast(linked_at as timestamp) as linked_at,
    source_updated_at
from {{ ref('int_resident__record') }}
where is_live
