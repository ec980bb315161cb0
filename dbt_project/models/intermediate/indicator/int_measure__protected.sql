{{ config(materialized='table') }}

-- Which counts of small sensitive groups must not be told, and which others would give them away: by the area tree
-- (macro hidden_counts), and by groups within groups (seed sensitive_part). Where the whole group is hidden, so is its
-- part: a part that is told says that the whole is no smaller. What the last version of a month withheld stays
-- withheld: told now, it would give away what that version withheld beside it.
with protected as (
    select distinct numerator_measure as measure
    from {{ ref('indicator_formula') }}
    where is_sensitive
),

counted as (
    select
        computed.area_level,
        computed.area_code,
        computed.parent_code,
        computed.period,
        protected.measure,
        max(computed.numerator) as amount,
        min(computed.denominator) as capacity
    from {{ ref('int_indicator__told') }} as computed
    inner join protected on computed.numerator_measure = protected.measure
    group by
        computed.area_level, computed.area_code, computed.parent_code, computed.period, protected.measure
),

placed as (
    select
        counted.area_level,
        counted.area_code,
        counted.parent_code,
        counted.period,
        counted.measure,
        counted.amount,
        counted.capacity,
        sensitive_part.whole_measure
    from counted
    left join {{ ref('sensitive_part') }} as sensitive_part on counted.measure = sensitive_part.measure
),

whole as (
    select
        area_level,
        area_code,
        parent_code,
        period,
        measure,
        amount,
        capacity,
        false as is_forced
    from placed
    where whole_measure is null
),

{{ hidden_counts('hidden_whole', 'whole') }},

part as (
    select
        placed.area_level,
        placed.area_code,
        placed.parent_code,
        placed.period,
        placed.measure,
        placed.amount,
        coalesce(whole.amount, placed.capacity) as capacity,
        hidden_whole.measure is not null as is_forced
    from placed
    left join whole
        on
            placed.area_level = whole.area_level
            and placed.area_code = whole.area_code
            and placed.period = whole.period
            and placed.whole_measure = whole.measure
    left join hidden_whole
        on
            placed.area_level = hidden_whole.area_level
            and placed.area_code = hidden_whole.area_code
            and placed.period = hidden_whole.period
            and placed.whole_measure = hidden_whole.measure
    where placed.whole_measure is not null
),

{{ hidden_counts('hidden_part', 'part') }}

select
    area_level,
    area_code,
    period,
    measure
from hidden_whole
union distinct
select
    area_level,
    area_code,
    period,
    measure
from hidden_part
union distinct
select
    area_level,
    area_code,
    period,
    measure
from {{ ref('stg_run__known_withheld') }}
where period < {{ month_of(as_of_date()) }}
