-- One row an active resident who lives in a dwelling: the household there, and the relation to its head.
-- A household is a police household number in a dwelling; the tenants of a dwelling without a number are one; others
-- join the only numbered household.
with living as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where kind = 'lives' and is_current
),

numbered as (
    select
        claim.resident_id,
        claim.dwelling_id,
        syrk.household_no,
        syrk.relation_code,
        row_number() over (
            partition by claim.resident_id, claim.dwelling_id
            order by
                case when syrk.household_no is null then 1 else 0 end asc, syrk.source_updated_at desc nulls last,
                syrk.source_key asc
        ) as choice
    from {{ ref('int_residence__claim') }} as claim
    inner join {{ ref('stg_police__syrk') }} as syrk on claim.source_key = syrk.source_key
    where claim.source_entity = 'SYRK' and claim.kind = 'lives' and not claim.is_ended
),

leased as (
    select distinct
        resident_id,
        dwelling_id
    from {{ ref('int_tenure__claimed') }}
    where kind = 'tenant' and is_current
),

only_household as (
    select
        living.dwelling_id,
        min(numbered.household_no) as household_no
    from living
    inner join numbered
        on
            living.resident_id = numbered.resident_id
            and living.dwelling_id = numbered.dwelling_id
            and numbered.choice = 1
    where numbered.household_no is not null
    group by living.dwelling_id
    having count(distinct numbered.household_no) = 1
),

grouped as (
    select
        living.resident_id,
        living.dwelling_id,
        numbered.relation_code,
        case
            when numbered.household_no is not null then 'number:' || numbered.household_no
            when leased.resident_id is not null then 'tenants'
            else 'number:' || coalesce(only_household.household_no, '')
        end as household_key
    from living
    left join numbered
        on
            living.resident_id = numbered.resident_id
            and living.dwelling_id = numbered.dwelling_id
            and numbered.choice = 1
    left join leased on living.resident_id = leased.resident_id and living.dwelling_id = leased.dwelling_id
    left join only_household on living.dwelling_id = only_household.dwelling_id
)

select
    'household-' || {{ short_digest("grouped.dwelling_id || '|' || grouped.household_key") }} as household_id,
    grouped.resident_id,
    grouped.dwelling_id,
    grouped.relation_code,
    relation.generation,
    coalesce(relation.is_head, false) as is_head,
    coalesce(relation.is_spouse, false) as is_spouse,
    coalesce(relation.is_kin, false) as is_kin,
    plain.birth_date,
    {{ age_at('plain.birth_date', as_of_date()) }} as age
from grouped
left join {{ ref('relation') }} as relation on substring(grouped.relation_code, 1, 1) = relation.relation_group
left join {{ ref('int_resident__plain') }} as plain on grouped.resident_id = plain.resident_id
