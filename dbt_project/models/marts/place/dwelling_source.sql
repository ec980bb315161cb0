select
    dwelling.dwelling_id,
    matched.source_system,
    matched.source_entity,
    matched.source_key
from {{ ref('int_place__matched') }} as matched
inner join {{ ref('int_dwelling__named') }} as dwelling on matched.cluster = dwelling.cluster
where matched.kind = 'dwelling'
