select
    household_id,
    dwelling_id,
    head_resident_id,
    cast(size as bigint) as size,
    cast(elder_count as bigint) as elder_count,
    cast(minor_count as bigint) as minor_count,
    type
from {{ ref('int_household__composed') }}
