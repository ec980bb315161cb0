{{ config(materialized='table') }}

-- Numerator and denominator of every indicator, for every area and period; what nobody counted is zero.
with definition as (
    select
        indicator_code,
        numerator_measure,
        denominator_measure,
        cadence
    from {{ ref('indicator_formula') }}
),

area as (
    select * from {{ ref('int_area__listed') }}
),

measure as (
    select * from {{ ref('int_measure__rolled') }}
),

this_month as (
    select {{ month_of(as_of_date()) }} as period
),

earlier as (
    {{ earlier_months() }}
),

-- The month in which the warehouse began to remember: before it nothing is told, rather than nought.
first_remembered as (
    select min(period) as period
    from measure
    where measure in (select numerator_measure from definition where cadence = 'remembered')
),

-- Which months each kind of indicator is told for.
month as (
    select distinct
        definition.cadence,
        measure.period
    from measure
    inner join definition
        on
            definition.cadence = 'monthly'
            and measure.measure in (definition.numerator_measure, definition.denominator_measure)
    union distinct
    select
        'dated' as cadence,
        period
    from earlier
    union distinct
    select
        'remembered' as cadence,
        period
    from earlier
    where period >= (select first_remembered.period from first_remembered)
    union distinct
    select distinct
        definition.cadence,
        this_month.period
    from definition
    cross join this_month
),

spine as (
    select
        area.area_level,
        area.area_code,
        area.parent_code,
        month.period,
        definition.indicator_code,
        definition.numerator_measure,
        definition.denominator_measure
    from area
    cross join month
    inner join definition on month.cadence = definition.cadence
)

select
    spine.area_level,
    spine.area_code,
    spine.parent_code,
    spine.period,
    spine.indicator_code,
    spine.numerator_measure,
    spine.denominator_measure,
    coalesce(numerator.amount, 0) as numerator,
    case when spine.denominator_measure is not null then coalesce(denominator.amount, 0) end as denominator
from spine
left join measure as numerator
    on
        spine.area_level = numerator.area_level
        and spine.area_code = numerator.area_code
        and spine.period = numerator.period
        and spine.numerator_measure = numerator.measure
left join measure as denominator
    on
        spine.area_level = denominator.area_level
        and spine.area_code = denominator.area_code
        and spine.period = denominator.period
        and spine.denominator_measure = denominator.measure
