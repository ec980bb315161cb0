select
    resident_id,
    attribute,
    source_system,
    source_entity,
    source_key,
    source_updated_at,
    cast(disagreeing_sources as bigint) as disagreeing_sources
from {{ ref('int_resident__survived') }}
