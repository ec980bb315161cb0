-- Additive counts of dwellings at the finest area. Floor area per person counts only where area and people are known.
{% set measures = [
    'dwelling', 'dwelling_judged', 'dwelling_vacant', 'dwelling_rented', 'occupied_area_m2', 'occupied_resident',
] %}
with dwelling as (
    select
        dwelling_id,
        estate_id,
        committee_code,
        occupancy,
        floor_area_m2,
        resident_count,
        coalesce(floor_area_m2 > 0 and resident_count > 0, false) as has_people_and_area
    from {{ ref('dwelling') }}
),

committee as (
    select
        committee_code,
        street_code
    from {{ ref('committee') }}
),

counted as (
    select
        committee.street_code,
        dwelling.committee_code,
        dwelling.estate_id,
        {{ month_of(as_of_date()) }} as period,
        count(*) as dwelling,
        sum(case when dwelling.occupancy <> 'unknown' then 1 else 0 end) as dwelling_judged,
        sum(case when dwelling.occupancy = 'vacant' then 1 else 0 end) as dwelling_vacant,
        sum(case when dwelling.occupancy = 'rented' then 1 else 0 end) as dwelling_rented,
        sum(case when dwelling.has_people_and_area then dwelling.floor_area_m2 else 0 end) as occupied_area_m2,
        sum(case when dwelling.has_people_and_area then dwelling.resident_count else 0 end) as occupied_resident
    from dwelling
    left join committee on dwelling.committee_code = committee.committee_code
    group by committee.street_code, dwelling.committee_code, dwelling.estate_id
)

{{ unpivot_measures('counted', measures) }}
