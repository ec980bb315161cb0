{{ config(materialized='table') }}

-- Which counts of small sensitive groups must not be told, and which others would give them away.
--
-- Within one parent (the committees of a street, the estates of a committee) the counts are ordered by size. Those
-- under the limit are hidden; where any is, at least two are, and so many that those hidden count the limit together:
-- else "the whole less the others" tells what is hidden. Below a hidden parent the smallest part is hidden too.
{% set limit = var('suppression_limit') %}
with protected as (
    select distinct numerator_measure as measure
    from {{ ref('indicator_formula') }}
    where is_sensitive
),

counted as (
    select distinct
        computed.area_level,
        computed.area_code,
        computed.parent_code,
        computed.period,
        protected.measure,
        computed.numerator as amount
    from {{ ref('int_indicator__computed') }} as computed
    inner join protected on computed.numerator_measure = protected.measure
),

ranked as (
    select
        area_level,
        area_code,
        parent_code,
        period,
        measure,
        amount,
        min(amount) over (partition by area_level, parent_code, period, measure) as smallest_amount,
        row_number() over (
            partition by area_level, parent_code, period, measure order by amount, area_code
        ) as size_rank,
        coalesce(sum(amount) over (
            partition by area_level, parent_code, period, measure
            order by amount, area_code rows between unbounded preceding and 1 preceding
        ), 0) as smaller_amount
    from counted
),

hidden as (
    select
        area_level,
        area_code,
        parent_code,
        period,
        measure,
        size_rank,
        amount < {{ limit }}
        or (smallest_amount < {{ limit }} and (size_rank <= 2 or smaller_amount < {{ limit }})) as is_hidden
    from ranked
),

parent as (
    select
        area_level,
        area_code,
        period,
        measure
    from hidden
    where is_hidden
)

select
    hidden.area_level,
    hidden.area_code,
    hidden.period,
    hidden.measure
from hidden
left join parent
    on
        hidden.parent_code = parent.area_code
        and hidden.period = parent.period
        and hidden.measure = parent.measure
        and hidden.area_level = 'estate' and parent.area_level = 'committee'
where hidden.is_hidden or (parent.area_code is not null and hidden.size_rank = 1)
