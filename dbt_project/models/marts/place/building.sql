with counted as (
    select
        building_id,
        count(*) as dwelling_count,
        sum(resident_count) as resident_count,
        avg(longitude) as longitude,
        avg(latitude) as latitude
    from {{ ref('dwelling') }}
    group by building_id
)

select
    named.building_id,
    estate.estate_id,
    placed.committee_code,
    coalesce(placed.street_code, committee.street_code) as street_code,
    coalesce(
        placed.building_name,
        case when placed.block is not null then placed.block || '幢' else placed.gate || '号' end
    ) as building_name,
    placed.gate,
    placed.block,
    cast(placed.unit_count as bigint) as unit_count,
    cast(placed.floor_count as bigint) as floor_count,
    placed.has_lift,
    cast(coalesce(counted.dwelling_count, 0) as bigint) as dwelling_count,
    cast(coalesce(counted.resident_count, 0) as bigint) as resident_count,
    cast(round(coalesce(counted.longitude, placed.longitude), 6) as double) as longitude,
    cast(round(coalesce(counted.latitude, placed.latitude), 6) as double) as latitude
from {{ ref('int_building__placed') }} as placed
inner join {{ ref('int_building__named') }} as named on placed.cluster = named.cluster
left join {{ ref('int_estate__named') }} as estate on placed.estate_cluster = estate.cluster
left join {{ ref('int_committee__listed') }} as committee on placed.committee_code = committee.committee_code
left join counted on named.building_id = counted.building_id
