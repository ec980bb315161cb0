{{ config(materialized='table') }}

-- Numerator and denominator of every indicator as they are told: computed from what is known now, and for months that
-- no source dates as the last version of that month told them. Those stand as long as the indicator means the same:
-- another version or other words (numbers of the city are among them) would make a line of two different things.
with earlier as (
    {{ earlier_months() }}
),

area as (
    select * from {{ ref('int_area__listed') }}
),

definition as (
    select
        indicator_code,
        numerator_measure,
        denominator_measure,
        version,
        formula
    from {{ ref('indicator_definition') }}
    where cadence = 'snapshot'
)

select
    area_level,
    area_code,
    parent_code,
    period,
    indicator_code,
    numerator_measure,
    denominator_measure,
    numerator,
    denominator,
    cast(null as date) as told_date
from {{ ref('int_indicator__computed') }}
union all
select
    area.area_level,
    area.area_code,
    area.parent_code,
    known.period,
    known.indicator_code,
    definition.numerator_measure,
    definition.denominator_measure,
    known.numerator,
    known.denominator,
    known.told_date
from {{ ref('stg_run__known_figure') }} as known
inner join earlier on known.period = earlier.period
inner join area on known.area_level = area.area_level and known.area_code = area.area_code
inner join definition
    on
        known.indicator_code = definition.indicator_code
        and known.version = definition.version
        and known.formula = definition.formula
