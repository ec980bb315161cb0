{{ config(materialized='table') }}

-- The measures summed to each of the three levels.
with measure as (
    select * from {{ ref('int_measure__united') }}
),

levelled as (
    select
        'street' as area_level,
        street_code as area_code,
        period,
        measure,
        amount
    from measure
    union all
    select
        'committee' as area_level,
        committee_code as area_code,
        period,
        measure,
        amount
    from measure
    union all
    select
        'estate' as area_level,
        estate_id as area_code,
        period,
        measure,
        amount
    from measure
)

select
    area_level,
    area_code,
    period,
    measure,
    sum(amount) as amount
from levelled
where area_code is not null
group by area_level, area_code, period, measure
