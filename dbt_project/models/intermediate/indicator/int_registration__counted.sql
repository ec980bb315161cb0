-- Additive counts of people by the place where they are registered, this month and at the end of earlier ones: a person
-- whose registration is in one committee and home in another belongs to the registered population of the first.
-- Who lives in the same street is not living elsewhere: the census counts from one street to another.
-- Whose registered dwelling is not known is counted where the person is known today.
{% set measures = ['registered', 'registered_elsewhere'] %}
with month as (
    {{ told_months() }}
),

dwelling as (
    select
        dwelling.dwelling_id,
        dwelling.estate_id,
        dwelling.committee_code,
        committee.street_code
    from {{ ref('dwelling') }} as dwelling
    left join {{ ref('committee') }} as committee on dwelling.committee_code = committee.committee_code
),

registered as (
    select
        month.period,
        held.resident_id,
        held.resident_category,
        held.dwelling_id,
        coalesce(held.registered_dwelling_id, held.dwelling_id) as registered_dwelling_id
    from month
    inner join {{ ref('resident_category') }} as held on {{ held_in('held', 'month') }}
    where held.resident_category in ('registered_and_living', 'registered_living_elsewhere')
),

placed as (
    select
        registered.period,
        place.estate_id,
        coalesce(place.committee_code, resident.committee_code) as committee_code,
        case
            when
                registered.resident_category = 'registered_living_elsewhere'
                or coalesce(home.street_code <> place.street_code, false)
                then 1
            else 0
        end as is_elsewhere
    from registered
    inner join {{ ref('resident') }} as resident on registered.resident_id = resident.resident_id
    left join dwelling as place on registered.registered_dwelling_id = place.dwelling_id
    left join dwelling as home on registered.dwelling_id = home.dwelling_id
),

counted as (
    select
        committee_code,
        estate_id,
        period,
        count(*) as registered,
        sum(is_elsewhere) as registered_elsewhere
    from placed
    group by committee_code, estate_id, period
)

{{ unpivot_measures('counted', measures) }}
