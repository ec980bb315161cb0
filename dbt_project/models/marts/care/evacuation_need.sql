-- Who needs help getting out, by building and floor. The floor is what the room number tells (302: third floor), where
-- the building has as many.
with placed as (
    select
        needed.resident_id,
        needed.dwelling_id,
        dwelling.building_id,
        dwelling.estate_id,
        dwelling.committee_code,
        dwelling.street_code,
        dwelling.unit,
        dwelling.room,
        building.has_lift,
        building.floor_count,
        cast(nullif(regexp_extract(dwelling.room, '^([0-9]{1,2})[0-9]{2}$', 1), '') as integer) as told_floor,
        needed.need_codes,
        needed.need,
        needed.priority,
        needed.helper_count
    from {{ ref('int_evacuation__needed') }} as needed
    inner join {{ ref('dwelling') }} as dwelling on needed.dwelling_id = dwelling.dwelling_id
    left join {{ ref('building') }} as building on dwelling.building_id = building.building_id
)

select
    resident_id,
    dwelling_id,
    building_id,
    estate_id,
    committee_code,
    street_code,
    unit,
    room,
    case when told_floor between 1 and coalesce(floor_count, told_floor) then told_floor end as floor,
    has_lift,
    need_codes,
    need,
    cast(priority as integer) as priority,
    cast(helper_count as bigint) as helper_count
from placed
