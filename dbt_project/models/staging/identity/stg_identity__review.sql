select
    review_id,
    left_system,
    left_entity,
    left_key,
    right_system,
    right_entity,
    right_key,
    left_resident_id,
    right_resident_id,
    score,
    reasons,
    rule_code,
    veto_codes,
    state
from {{ source('identity', 'review') }}
