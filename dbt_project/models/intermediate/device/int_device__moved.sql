-- Where each device hung while its address was worded otherwise than now: the places to which that wording leads.
with now as (
    select
        source_key as device_id,
        {{ address_key(
            "coalesce(address_road, '') || '/' || coalesce(address_estate, '')",
            'address_lane', 'address_sublane', 'address_gate', 'address_block',
            'address_unit', 'address_room', 'address_part'
        ) }} as element_key,
        estate_name_key
    from {{ ref('stg_device__register') }}
)

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
