{{ config(materialized='table') }}

-- Where each device hung, and when: at its place of now while its address was worded as now, else at the place to which
-- the earlier wording leads. A device without a dated delivery has always hung where it hangs.
with now as (
    select
        placed.device_id,
        placed.dwelling_id,
        placed.building_id,
        placed.estate_id,
        placed.committee_code,
        {{ address_key(
            "coalesce(register.address_road, '') || '/' || coalesce(register.address_estate, '')",
            'register.address_lane', 'register.address_sublane', 'register.address_gate', 'register.address_block',
            'register.address_unit', 'register.address_room', 'register.address_part'
        ) }} as element_key,
        register.estate_name_key
    from {{ ref('int_device__placed') }} as placed
    inner join {{ ref('stg_device__register') }} as register on placed.device_id = register.source_key
),

earlier as (
    select
        told.device_id,
        told.valid_from,
        case
            when told.address_room is not null or coalesce(device_type.usual_place, 'dwelling') = 'dwelling'
                then found.dwelling_cluster
        end as dwelling_cluster,
        coalesce(found.building_cluster, home.building_cluster) as building_cluster,
        coalesce(found.gate_estate_cluster, found.estate_cluster, named.cluster) as estate_cluster
    from {{ ref('int_device__told') }} as told
    inner join now on told.device_id = now.device_id
    left join {{ ref('device_type') }} as device_type on told.type = device_type.type
    left join {{ ref('int_address__found') }} as found on told.element_key = found.element_key
    left join {{ ref('int_dwelling__placed') }} as home on found.dwelling_cluster = home.cluster
    left join {{ ref('int_estate__alias') }} as named
        on named.scope = 'name' and told.estate_name_key = named.key_text
    where
        told.element_key <> now.element_key
        or coalesce(told.estate_name_key, '') <> coalesce(now.estate_name_key, '')
),

left_behind as (
    select
        earlier.device_id,
        earlier.valid_from,
        place.dwelling_id,
        coalesce(home.building_id, block.building_id) as building_id,
        coalesce(home.estate_id, building.estate_id, estate.estate_id) as estate_id,
        coalesce(home.committee_code, building.committee_code, estate.committee_code) as committee_code
    from earlier
    left join {{ ref('int_dwelling__named') }} as place on earlier.dwelling_cluster = place.cluster
    left join {{ ref('dwelling') }} as home on place.dwelling_id = home.dwelling_id
    left join {{ ref('int_building__named') }} as block on earlier.building_cluster = block.cluster
    left join {{ ref('building') }} as building on block.building_id = building.building_id
    left join {{ ref('int_estate__named') }} as estate on earlier.estate_cluster = estate.cluster
)

select
    now.device_id,
    told.valid_from,
    told.valid_to,
    told.is_current,
    told.type,
    told.status,
    told.heartbeat_seconds,
    told.is_moved,
    coalesce(told.holds_from, cast('1900-01-01' as date)) as holds_from,
    coalesce(told.holds_until, cast('9999-12-31' as date)) as holds_until,
    {% for column in ['dwelling_id', 'building_id', 'estate_id', 'committee_code'] -%}
    case when left_behind.device_id is null then now.{{ column }} else left_behind.{{ column }} end as {{ column }}
    {{- "," if not loop.last }}
    {% endfor -%}
from now
left join {{ ref('int_device__told') }} as told on now.device_id = told.device_id
left join left_behind on told.device_id = left_behind.device_id and told.valid_from = left_behind.valid_from
