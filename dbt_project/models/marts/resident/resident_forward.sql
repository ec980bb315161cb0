select
    old_id as old_resident_id,
    new_id as resident_id,
    reason,
    cast(recorded_at as timestamp) as at
from {{ ref('stg_identity__forward') }}
where kind = 'resident'
