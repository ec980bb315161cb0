select
    resident_id,
    dwelling_id,
    kind,
    source_system,
    source_entity,
    source_key,
    evidence_code,
    cast(max(weight) as double) as weight,
    min(valid_from) as valid_from,
    max(valid_to) as valid_to,
    max(observed_on) as observed_on,
    is_ended
from {{ ref('int_residence__claim') }}
group by
    resident_id, dwelling_id, kind, source_system, source_entity, source_key, evidence_code, is_ended
