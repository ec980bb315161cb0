-- Additive counts of households at the finest area; one with an elder has a member of that age (var elder_age_from).
{% set measures = ['household', 'household_member', 'household_with_elder', 'household_elderly_only'] %}
with household as (
    select
        household_id,
        dwelling_id,
        size
    from {{ ref('household') }}
),

dwelling as (
    select
        dwelling_id,
        estate_id,
        committee_code
    from {{ ref('dwelling') }}
),

elder as (
    select
        household_id,
        sum(case when age >= {{ var('elder_age_from') }} then 1 else 0 end) as elder_count,
        sum(case when age >= {{ var('elder_age_from') }} then 0 else 1 end) as other_count
    from {{ ref('int_resident__flagged') }}
    where is_living = 1
    group by household_id
),

counted as (
    select
        dwelling.committee_code,
        dwelling.estate_id,
        {{ month_of(as_of_date()) }} as period,
        count(*) as household,
        sum(household.size) as household_member,
        sum(case when elder.elder_count > 0 then 1 else 0 end) as household_with_elder,
        sum(case when elder.elder_count > 0 and elder.other_count = 0 then 1 else 0 end) as household_elderly_only
    from household
    left join dwelling on household.dwelling_id = dwelling.dwelling_id
    left join elder on household.household_id = elder.household_id
    group by dwelling.committee_code, dwelling.estate_id
)

{{ unpivot_measures('counted', measures) }}
