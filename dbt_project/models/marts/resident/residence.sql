select
    resident_id,
    dwelling_id,
    kind,
    valid_from,
    valid_to,
    is_current,
    evidence,
    cast(confidence as double) as confidence
from {{ ref('int_residence__dated') }}
