with counted as (
    select
        estate_id,
        count(*) as dwelling_count,
        count(distinct building_id) as building_count,
        sum(resident_count) as resident_count
    from {{ ref('dwelling') }}
    group by estate_id
)

select
    named.estate_id,
    coalesce(named.estate_name, named.estate_name_key) as estate_name,
    named.committee_code,
    committee.street_code,
    named.property_company,
    cast(named.built_year as bigint) as built_year,
    cast(coalesce(counted.building_count, 0) as bigint) as building_count,
    cast(coalesce(counted.dwelling_count, 0) as bigint) as dwelling_count,
    cast(coalesce(counted.resident_count, 0) as bigint) as resident_count,
    cast(round(named.longitude, 6) as double) as longitude,
    cast(round(named.latitude, 6) as double) as latitude
from {{ ref('int_estate__named') }} as named
left join {{ ref('int_committee__listed') }} as committee on named.committee_code = committee.committee_code
left join counted on named.estate_id = counted.estate_id
