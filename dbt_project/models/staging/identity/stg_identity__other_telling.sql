select
    source_system,
    source_entity,
    source_key,
    told_at,
    passed_at,
    seen_at
from {{ source('identity', 'other_telling') }}
