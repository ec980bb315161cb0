select
    resident_id,
    dwelling_id,
    kind,
    share_pct,
    valid_from,
    valid_to,
    is_current,
    source_system,
    source_entity,
    source_key
from {{ ref('int_tenure__claimed') }}
