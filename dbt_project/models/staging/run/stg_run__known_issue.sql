select
    dataset,
    source_key,
    rule,
    owner_system,
    detail,
    committee_code,
    first_seen,
    last_seen,
    closed_at
from {{ source('run', 'known_issue') }}
