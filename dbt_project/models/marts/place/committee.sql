with dwelling as (
    select
        committee_code,
        count(*) as dwelling_count,
        count(distinct building_id) as building_count,
        count(distinct estate_id) as estate_count
    from {{ ref('dwelling') }}
    group by committee_code
),

-- Who lives here, as in the counts of dwellings; an owner who lives elsewhere is known here but not a resident.
resident as (
    select
        committee_code,
        count(*) as resident_count
    from {{ ref('resident') }}
    where
        status = 'active'
        and (
            dwelling_id is not null
            or resident_category in ('registered_and_living', 'registered_elsewhere_living', 'abroad')
        )
    group by committee_code
),

listed as (
    select
        committee_code,
        street_code,
        longitude,
        latitude
    from {{ ref('int_committee__listed') }}
)

select
    listed.committee_code,
    coalesce(name.area_name, listed.committee_code) as committee_name,
    listed.street_code,
    cast(coalesce(dwelling.estate_count, 0) as bigint) as estate_count,
    cast(coalesce(dwelling.building_count, 0) as bigint) as building_count,
    cast(coalesce(dwelling.dwelling_count, 0) as bigint) as dwelling_count,
    cast(coalesce(resident.resident_count, 0) as bigint) as resident_count,
    cast(round(listed.longitude, 6) as double) as longitude,
    cast(round(listed.latitude, 6) as double) as latitude
from listed
left join {{ ref('stg_run__area_name') }} as name on listed.committee_code = name.area_code
left join dwelling on listed.committee_code = dwelling.committee_code
left join resident on listed.committee_code = resident.committee_code
