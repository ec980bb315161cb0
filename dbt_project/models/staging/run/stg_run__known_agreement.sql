select
    week_start,
    committee_code,
    left_system,
    right_system,
    attribute,
    matched_count,
    conflicting_count,
    left_only_count,
    right_only_count
from {{ source('run', 'known_agreement') }}
