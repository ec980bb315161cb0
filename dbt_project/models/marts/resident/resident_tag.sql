select
    resident_id,
    tag_code,
    tag_value,
    valid_from,
    valid_to,
    source_system,
    source_entity,
    source_key,
    rule
from {{ ref('int_resident__tagged') }}
