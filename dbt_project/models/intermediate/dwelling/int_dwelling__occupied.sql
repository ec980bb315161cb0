{{ config(materialized='table') }}

-- One row a dwelling and month: who lives there and what it is used for, today and on the last day of earlier months.
-- Who is registered at the very dwelling counts as its own household, since the owner is often another member of the
-- family. Dwellings themselves are told without days: those of today stand for all months.
-- Nobody known there means vacant only where the police told who is present; the other lists hold but a part.
with month as (
    {{ told_months() }}
),

stay as (
    select
        month.period,
        residence.resident_id,
        residence.dwelling_id,
        max(case when residence.kind = 'lives' then 1 else 0 end) as is_living,
        max(case when residence.kind = 'registered' then 1 else 0 end) as is_registered
    from month
    inner join {{ ref('int_residence__dated') }} as residence on {{ held_in('residence', 'month') }}
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
    inner join {{ ref('int_tenure__claimed') }} as claim on {{ held_in('claim', 'month') }}
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

police as (
    select count(*) > 0 as has_told
    from {{ ref('stg_police__syrk') }}
    where is_live
)

select
    named.dwelling_id,
    month.period,
    month.is_now,
    coalesce(occupied.resident_count, 0) as resident_count,
    case
        when occupied.has_own = 1 and occupied.has_tenant = 1 then 'mixed'
        when occupied.has_tenant = 1 then 'rented'
        when occupied.has_own = 1 then 'owner'
        when occupied.resident_count > 0 then 'unknown'
        when police.has_told and coalesce(named.house_use, 'residential') = 'residential' then 'vacant'
        else 'unknown'
    end as occupancy
from {{ ref('int_dwelling__corrected') }} as named
cross join month
cross join police
left join occupied on named.dwelling_id = occupied.dwelling_id and month.period = occupied.period
