with counted as (
    select
        street_code,
        count(*) as committee_count,
        sum(dwelling_count) as dwelling_count,
        sum(resident_count) as resident_count,
        avg(longitude) as longitude,
        avg(latitude) as latitude
    from {{ ref('committee') }}
    group by street_code
)

select
    counted.street_code,
    coalesce(name.area_name, counted.street_code) as street_name,
    cast(counted.committee_count as bigint) as committee_count,
    cast(counted.dwelling_count as bigint) as dwelling_count,
    cast(counted.resident_count as bigint) as resident_count,
    cast(round(counted.longitude, 6) as double) as longitude,
    cast(round(counted.latitude, 6) as double) as latitude
from counted
left join {{ ref('stg_run__area_name') }} as name on counted.street_code = name.area_code
