{{ config(materialized='table') }}

-- Where each device hung, and when: at its place of now while its address was worded as now, else at the place to which
-- the earlier wording leads. A device without a dated delivery has always hung where it hangs.
with left_behind as (
    select
        earlier.device_id,
        earlier.valid_from,
        place.dwelling_id,
        coalesce(home.building_id, block.building_id) as building_id,
        coalesce(home.estate_id, building.estate_id, estate.estate_id) as estate_id,
        coalesce(home.committee_code, building.committee_code, estate.committee_code) as committee_code
    from {{ ref('int_device__moved') }} as earlier
    left join {{ ref('int_dwelling__named') }} as place on earlier.dwelling_cluster = place.cluster
    left join {{ ref('dwelling') }} as home on place.dwelling_id = home.dwelling_id
    left join {{ ref('int_building__named') }} as block on earlier.building_cluster = block.cluster
    left join {{ ref('building') }} as building on block.building_id = building.building_id
    left join {{ ref('int_estate__named') }} as estate on earlier.estate_cluster = estate.cluster
)

select
    placed.device_id,
    told.valid_from,
    told.valid_to,
    told.is_current,
    told.type,
    told.status,
    told.heartbeat_seconds,
    told.is_moved,
    coalesce(told.holds_from, cast('1900-01-01' as date)) as holds_from,
    coalesce(told.holds_until, cast('9999-12-31' as date)) as holds_until,
    case when left_behind.device_id is null then placed.dwelling_id else left_behind.dwelling_id end as dwelling_id,
    case when left_behind.device_id is null then placed.building_id else left_behind.building_id end as building_id,
    case when left_behind.device_id is null then placed.estate_id else left_behind.estate_id end as estate_id,
    case
        when left_behind.device_id is null then placed.committee_code
        else left_behind.committee_code
    end as committee_code
from {{ ref('int_device__placed') }} as placed
left join {{ ref('int_device__told') }} as told on placed.device_id = told.device_id
left join left_behind on told.device_id = left_behind.device_id and told.valid_from = left_behind.valid_from
