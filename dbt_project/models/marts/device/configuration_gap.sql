-- What is missing of each configuration set (seed configuration_set), by entrance (building) and stairwell (unit of
-- it). A set is wanted once a place, of devices in its common parts, or once in every dwelling of the place, as its
-- rows say. Retired devices and second entries of one device do not count.
with home as (
    select
        dwelling_id,
        building_id,
        estate_id,
        committee_code,
        coalesce(unit, '') as unit
    from {{ ref('dwelling') }}
    where building_id is not null and coalesce(house_use, 'residential') = 'residential'
),

place as (
    {% for level, unit in [('entrance', "''"), ('stairwell', 'unit')] %}
        select
            '{{ level }}' as place_level,
            building_id,
            {{ unit }} as unit,
            max(estate_id) as estate_id,
            max(committee_code) as committee_code,
            count(*) as dwelling_count
        from home
        group by building_id, {{ unit }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

fitted as (
    select
        device.type,
        device.building_id,
        device.dwelling_id,
        coalesce(home.unit, register.address_unit, '') as unit
    from {{ ref('device') }} as device
    inner join {{ ref('stg_device__register') }} as register on device.device_id = register.source_key
    left join home on device.dwelling_id = home.dwelling_id
    where device.state <> 'retired' and device.duplicate_of_device_id is null and device.building_id is not null
),

present as (
    {% for level, unit in [('entrance', "''"), ('stairwell', 'unit')] %}
        select
            '{{ level }}' as place_level,
            building_id,
            {{ unit }} as unit,
            type,
            count(case when dwelling_id is null then 1 end) as common_count,
            count(distinct dwelling_id) as dwelling_count
        from fitted
        group by building_id, {{ unit }}, type
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

judged as (
    select
        place.place_level,
        place.building_id,
        place.unit,
        place.estate_id,
        place.committee_code,
        place.dwelling_count,
        wanted.set_code,
        wanted.name_zh as set_name,
        wanted.device_type,
        case when wanted.wanted_in = 'dwelling' then place.dwelling_count else wanted.least_count end as wanted_count,
        coalesce(
            case when wanted.wanted_in = 'dwelling' then present.dwelling_count else present.common_count end, 0
        ) as present_count
    from place
    inner join {{ ref('configuration_set') }} as wanted on place.place_level = wanted.place_level
    left join present
        on
            place.place_level = present.place_level
            and place.building_id = present.building_id
            and place.unit = present.unit
            and wanted.device_type = present.type
)

select
    place_level,
    building_id,
    unit,
    set_code,
    set_name,
    device_type,
    estate_id,
    committee_code,
    cast(dwelling_count as bigint) as dwelling_count,
    cast(wanted_count as bigint) as wanted_count,
    cast(present_count as bigint) as present_count,
    cast(greatest(wanted_count - present_count, 0) as bigint) as missing_count
from judged
