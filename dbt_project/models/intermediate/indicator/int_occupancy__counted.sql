-- Additive counts of dwellings by use, today and at the end of earlier months. Floor area per person counts only where
-- area and people are known.
{% set measures = [
    'dwelling_judged', 'dwelling_vacant', 'dwelling_rented', 'occupied_area_m2', 'occupied_resident',
] %}
with state as (
    select
        dwelling.committee_code,
        dwelling.estate_id,
        occupied.period,
        occupied.occupancy,
        occupied.resident_count,
        dwelling.floor_area_m2,
        coalesce(dwelling.floor_area_m2 > 0 and occupied.resident_count > 0, false) as has_people_and_area
    from {{ ref('int_dwelling__occupied') }} as occupied
    inner join {{ ref('dwelling') }} as dwelling on occupied.dwelling_id = dwelling.dwelling_id
),

counted as (
    select
        committee_code,
        estate_id,
        period,
        sum(case when occupancy <> 'unknown' then 1 else 0 end) as dwelling_judged,
        sum(case when occupancy = 'vacant' then 1 else 0 end) as dwelling_vacant,
        sum(case when occupancy = 'rented' then 1 else 0 end) as dwelling_rented,
        sum(case when has_people_and_area then floor_area_m2 else 0 end) as occupied_area_m2,
        sum(case when has_people_and_area then resident_count else 0 end) as occupied_resident
    from state
    group by committee_code, estate_id, period
)

{{ unpivot_measures('counted', measures) }}
