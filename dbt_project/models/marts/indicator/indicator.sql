with told as (
    select * from {{ ref('int_indicator__told') }}
),

definition as (
    select
        indicator_code,
        scale,
        case direction when 'higher' then -1 when 'lower' then 1 end as better
    from {{ ref('indicator_formula') }}
),

protected as (
    select * from {{ ref('int_measure__protected') }}
),

judged as (
    select
        told.indicator_code,
        told.area_level,
        told.area_code,
        told.period,
        told.denominator_measure,
        told.numerator,
        told.denominator,
        told.told_date,
        definition.scale,
        definition.better,
        of_numerator.measure is not null as is_numerator_hidden,
        of_denominator.measure is not null as is_denominator_hidden
    from told
    inner join definition on told.indicator_code = definition.indicator_code
    left join protected as of_numerator
        on
            told.area_level = of_numerator.area_level
            and told.area_code = of_numerator.area_code
            and told.period = of_numerator.period
            and told.numerator_measure = of_numerator.measure
    left join protected as of_denominator
        on
            told.area_level = of_denominator.area_level
            and told.area_code = of_denominator.area_code
            and told.period = of_denominator.period
            and told.denominator_measure = of_denominator.measure
),

valued as (
    select
        indicator_code,
        area_level,
        area_code,
        period,
        told_date,
        better,
        is_numerator_hidden or is_denominator_hidden as is_suppressed,
        case
            when is_numerator_hidden or is_denominator_hidden then null
            when denominator_measure is null then numerator * scale
            else numerator * scale / nullif(denominator, 0)
        end as value,
        case when not (is_numerator_hidden or is_denominator_hidden) then numerator end as numerator,
        case when not is_denominator_hidden then denominator end as denominator
    from judged
)

select
    indicator_code,
    area_level,
    area_code,
    period,
    value,
    numerator,
    denominator,
    is_suppressed,
    case
        when value is not null and better is not null
            then cast(rank() over (
                partition by indicator_code, area_level, period order by value * better asc nulls last
            ) as bigint)
    end as rank_no,
    told_date
from valued
