with household as (
    select
        dwelling_id,
        count(*) as household_count
    from {{ ref('int_household__composed') }}
    group by dwelling_id
),

described as (
    select
        named.dwelling_id,
        building.building_id,
        estate.estate_id,
        placed.committee_code,
        coalesce(placed.street_code, committee.street_code) as street_code,
        placed.address,
        placed.unit,
        placed.room,
        placed.part,
        named.floor_area_m2,
        named.house_use,
        coalesce(named.tenure, 'unknown') as tenure,
        occupied.occupancy,
        cast(occupied.resident_count as bigint) as resident_count,
        cast(coalesce(household.household_count, 0) as bigint) as household_count,
        cast(placed.source_count as bigint) as source_count,
        placed.longitude,
        placed.latitude
    from {{ ref('int_dwelling__placed') }} as placed
    inner join {{ ref('int_dwelling__corrected') }} as named on placed.cluster = named.cluster
    left join {{ ref('int_building__named') }} as building on placed.building_cluster = building.cluster
    left join {{ ref('int_estate__named') }} as estate on placed.estate_cluster = estate.cluster
    left join {{ ref('int_committee__listed') }} as committee on placed.committee_code = committee.committee_code
    inner join {{ ref('int_dwelling__occupied') }} as occupied
        on named.dwelling_id = occupied.dwelling_id and occupied.is_now
    left join household on named.dwelling_id = household.dwelling_id
)

select * from described
