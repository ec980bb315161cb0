-- One row a household: head, size and type. The head is the declared one, else the eldest.
-- Types in this order: alone, all of sixty or more, three generations, parents with children, couple, no kin, other.
with member as (
    select
        household_id,
        resident_id,
        dwelling_id,
        is_head,
        is_spouse,
        is_kin,
        generation,
        age,
        row_number() over (
            partition by household_id
            order by
                case when is_head then 0 else 1 end asc, case when birth_date is null then 1 else 0 end asc,
                birth_date asc, resident_id asc
        ) as seniority
    from {{ ref('int_household__member') }}
),

counted as (
    select
        household_id,
        dwelling_id,
        max(case when seniority = 1 then resident_id end) as head_resident_id,
        count(*) as size,
        sum(case when age >= {{ var('elder_age_from') }} then 1 else 0 end) as elder_count,
        sum(case when age < 18 then 1 else 0 end) as minor_count,
        sum(case when is_spouse then 1 else 0 end) as spouse_count,
        sum(case when is_kin and not is_head then 1 else 0 end) as kin_count,
        max(generation) - min(generation) as generation_span
    from member
    group by household_id, dwelling_id
)

select
    household_id,
    dwelling_id,
    head_resident_id,
    size,
    elder_count,
    minor_count,
    case
        when size = 1 then 'alone'
        when elder_count = size then 'elderly_only'
        when generation_span >= 2 then 'three_generations'
        when generation_span = 1 or minor_count > 0 then 'with_children'
        when size = 2 and spouse_count > 0 then 'couple'
        when kin_count = 0 then 'unrelated'
        else 'other'
    end as type
from counted
