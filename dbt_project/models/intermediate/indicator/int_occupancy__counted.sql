-- Additive counts of dwellings at the end of earlier months, from dated stays and tenancies, by the rules of the column
-- `occupancy` of `dwelling`. Dwellings themselves are told without days: those of today stand for all months.
{% set measures = [
    'dwelling_judged', 'dwelling_vacant', 'dwelling_rented', 'occupied_area_m2', 'occupied_resident',
] %}
with month as (
    {{ earlier_months() }}
),

stay as (
    select
        month.period,
        residence.resident_id,
        residence.dwelling_id,
        max(case when residence.kind = 'lives' then 1 else 0 end) as is_living,
        max(case when residence.kind = 'registered' then 1 else 0 end) as is_registered
    from month
    inner join {{ ref('residence') }} as residence
        on month.as_of >= residence.valid_from and (residence.valid_to is null or month.as_of <= residence.valid_to)
    group by month.period, residence.resident_id, residence.dwelling_id
),

tenure as (
    select
        month.period,
        claim.resident_id,
        claim.dwelling_id,
        max(case when claim.kind = 'owner' then 1 else 0 end) as is_owner,
        max(case when claim.kind = 'tenant' then 1 else 0 end) as is_tenant
    from month
    inner join {{ ref('tenure_claim') }} as claim
        on
            (claim.valid_from is null or month.as_of >= claim.valid_from)
            and (claim.valid_to is null or month.as_of <= claim.valid_to)
    group by month.period, claim.resident_id, claim.dwelling_id
),

person as (
    select
        coalesce(stay.period, tenure.period) as period,
        coalesce(stay.dwelling_id, tenure.dwelling_id) as dwelling_id,
        coalesce(stay.is_living, 0) as is_living,
        coalesce(tenure.is_tenant, 0) as is_tenant,
        case
            when coalesce(stay.is_living, 0) = 0 then 0
            when tenure.is_owner = 1 or (stay.is_registered = 1 and coalesce(tenure.is_tenant, 0) = 0) then 1
            else 0
        end as is_own
    from stay
    full join tenure
        on
            stay.period = tenure.period
            and stay.resident_id = tenure.resident_id
            and stay.dwelling_id = tenure.dwelling_id
),

occupied as (
    select
        period,
        dwelling_id,
        sum(is_living) as resident_count,
        max(is_own) as has_own,
        max(is_tenant) as has_tenant
    from person
    group by period, dwelling_id
),

state as (
    select
        dwelling.committee_code,
        dwelling.estate_id,
        month.period,
        dwelling.floor_area_m2,
        coalesce(occupied.resident_count, 0) as resident_count,
        coalesce(occupied.has_tenant = 1 and occupied.has_own = 0, false) as is_rented,
        coalesce(occupied.has_tenant, 0) = 1 or coalesce(occupied.has_own, 0) = 1 as is_told,
        coalesce(dwelling.house_use, 'residential') = 'residential'
        and coalesce(occupied.resident_count + occupied.has_tenant, 0) = 0 as is_vacant
    from {{ ref('dwelling') }} as dwelling
    cross join month
    left join occupied on dwelling.dwelling_id = occupied.dwelling_id and month.period = occupied.period
),

counted as (
    select
        committee.street_code,
        state.committee_code,
        state.estate_id,
        state.period,
        sum(case when state.is_told or state.is_vacant then 1 else 0 end) as dwelling_judged,
        sum(case when state.is_vacant then 1 else 0 end) as dwelling_vacant,
        sum(case when state.is_rented then 1 else 0 end) as dwelling_rented,
        sum(case when state.floor_area_m2 > 0 and state.resident_count > 0 then state.floor_area_m2 else 0 end)
            as occupied_area_m2,
        sum(case when state.floor_area_m2 > 0 then state.resident_count else 0 end) as occupied_resident
    from state
    left join {{ ref('committee') }} as committee on state.committee_code = committee.committee_code
    group by committee.street_code, state.committee_code, state.estate_id, state.period
)

{{ unpivot_measures('counted', measures) }}
