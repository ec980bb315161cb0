{{ config(materialized='table') }}

-- Who agrees to be watched over at home: every live entry of the person on the roll of elderly services says so. What
-- was published of somebody who is not here any more is taken out of earlier versions (orchestration/erasure).
select record.resident_id
from {{ ref('stg_civil__elderly_service') }} as elder
inner join {{ ref('int_resident__record') }} as record
    on record.source_entity = 'elderly-services' and elder.source_key = record.source_key
where elder.is_live
group by record.resident_id
having min(case when elder.has_monitoring_consent then 1 else 0 end) = 1
