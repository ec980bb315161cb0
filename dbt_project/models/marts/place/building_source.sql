select
    named.building_id,
    matched.source_system,
    matched.source_entity,
    matched.source_key,
    building.building_name as name_written,
    case
        when described.gate is not null and described.block is not null then 'gate_and_block'
        when described.block is not null then 'block'
        when described.gate is not null then 'gate'
        else 'unknown'
    end as numbering,
    described.gate,
    described.block,
    described.sublane
from {{ ref('int_place__matched') }} as matched
inner join {{ ref('int_building__named') }} as named on matched.cluster = named.cluster
left join {{ ref('int_building__described') }} as described
    on matched.source_system = described.source_system and matched.source_key = described.source_key
left join {{ ref('stg_property__building') }} as building
    on matched.source_system = 'property' and matched.source_key = building.source_key
where matched.kind = 'building'
