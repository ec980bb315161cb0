select
    resolved.source_system,
    resolved.source_entity,
    resolved.source_key,
    resolved.field,
    resolved.grade,
    dwelling.dwelling_id,
    building.building_id,
    estate.estate_id,
    resolved.reason
from {{ ref('int_address__resolved') }} as resolved
left join {{ ref('int_dwelling__named') }} as dwelling on resolved.dwelling_cluster = dwelling.cluster
left join {{ ref('int_building__named') }} as building on resolved.building_cluster = building.cluster
left join {{ ref('int_estate__named') }} as estate on resolved.estate_cluster = estate.cluster
