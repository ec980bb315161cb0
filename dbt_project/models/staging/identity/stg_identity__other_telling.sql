select
    source_system,
    source_entity,
    source_key,
    told_at,
    is_between,
    passed_at,
    seen_at
from {{ source('identity', 'other_telling') }}
