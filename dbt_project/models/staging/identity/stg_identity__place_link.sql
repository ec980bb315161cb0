select
    kind,
    source_system,
    source_entity,
    source_key,
    cluster,
    place_id
from {{ source('identity', 'place_link') }}
