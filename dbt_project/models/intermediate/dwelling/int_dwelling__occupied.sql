-- One row a dwelling that anybody lives in, rents or owns: how many, and whether owners or tenants are among them.
-- Who is registered at the very dwelling counts as its own household, since the owner is often another member of the
-- family.
with living as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where kind = 'lives' and is_current
),

registered as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where kind = 'registered' and is_current
),

tenure as (
    select
        resident_id,
        dwelling_id,
        max(case when kind = 'owner' then 1 else 0 end) as is_owner,
        max(case when kind = 'tenant' then 1 else 0 end) as is_tenant
    from {{ ref('int_tenure__claimed') }}
    where is_current
    group by resident_id, dwelling_id
),

person as (
    select
        living.dwelling_id,
        1 as is_living,
        case
            when tenure.is_owner = 1 then 1
            when registered.resident_id is not null and coalesce(tenure.is_tenant, 0) = 0 then 1
            else 0
        end as is_own,
        coalesce(tenure.is_tenant, 0) as is_tenant
    from living
    left join tenure on living.resident_id = tenure.resident_id and living.dwelling_id = tenure.dwelling_id
    left join registered
        on living.resident_id = registered.resident_id and living.dwelling_id = registered.dwelling_id
    union all
    select
        dwelling_id,
        0 as is_living,
        0 as is_own,
        is_tenant
    from tenure
    where is_tenant = 1
)

select
    dwelling_id,
    sum(is_living) as resident_count,
    max(is_own) as has_own,
    max(is_tenant) as has_tenant
from person
group by dwelling_id
