-- Where a device hangs: at its resolved address, else at the one estate that bears the name in the register. A gate or
-- a camera whose address names no room hangs on the building, also where the building is a single dwelling. An estate
-- may lie in several committees: the dwelling, or else the building, says in which one the device hangs.
with register as (
    select
        source_key,
        device_type,
        estate_name_key,
        address_room
    from {{ ref('stg_device__register') }}
),

device_type as (
    select
        type,
        usual_place
    from {{ ref('device_type') }}
),

resolution as (
    select
        source_key,
        grade,
        dwelling_id,
        building_id,
        estate_id
    from {{ ref('address_resolution') }}
    where source_system = 'device' and source_entity = 'register'
),

place as (
    select
        cluster,
        min(place_id) as place_id
    from {{ ref('stg_identity__place_link') }}
    where kind = 'estate'
    group by cluster
),

named as (
    select
        alias.key_text as estate_name_key,
        place.place_id as estate_id
    from {{ ref('int_estate__alias') }} as alias
    inner join place on alias.cluster = place.cluster
    where alias.scope = 'name'
),

located as (
    select
        register.source_key as device_id,
        resolution.dwelling_id,
        resolution.building_id,
        coalesce(resolution.estate_id, named.estate_id) as estate_id,
        case
            when resolution.estate_id is null and named.estate_id is not null then 'estate'
            else coalesce(resolution.grade, 'none')
        end as place_grade,
        resolution.building_id is not null and register.address_room is null
        and coalesce(device_type.usual_place, 'dwelling') <> 'dwelling' as is_of_building
    from register
    left join device_type on register.device_type = device_type.type
    left join resolution on register.source_key = resolution.source_key
    left join named on register.estate_name_key = named.estate_name_key
)

select
    located.device_id,
    case when not located.is_of_building then located.dwelling_id end as dwelling_id,
    located.building_id,
    estate.estate_id,
    case when located.is_of_building then 'building' else located.place_grade end as place_grade,
    coalesce(dwelling.committee_code, building.committee_code, estate.committee_code) as committee_code
from located
left join {{ ref('dwelling') }} as dwelling on located.dwelling_id = dwelling.dwelling_id
left join {{ ref('building') }} as building on located.building_id = building.building_id
left join {{ ref('estate') }} as estate on located.estate_id = estate.estate_id
