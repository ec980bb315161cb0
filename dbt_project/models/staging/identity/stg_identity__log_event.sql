select
    sequence,
    at,
    kind,
    event,
    entity_id,
    other_id,
    source_system,
    source_entity,
    source_key,
    reason
from {{ source('identity', 'log_event') }}
