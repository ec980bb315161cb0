{{ config(materialized='table') }}

-- The measures summed to each of the three levels. Rounded far below what anybody reads: square metres added up in
-- another order differ in their last digit, and a past date must come out the same again.
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
    round(sum(amount), 6) as amount
from levelled
where area_code is not null
group by area_level, area_code, period, measure
