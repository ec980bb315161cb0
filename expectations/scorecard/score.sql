-- One row a level, subject, dimension and run, from the rows of quality_result alone. A check of a committee counts for its
-- committee only; a whole one for its dataset, its source (where it is a feed's) and the street.
-- A check that was told in several columns (column_names) covers them only when it ran.
with checked as (
    select
        *,
        committee_code is null as is_whole,
        checked_rows > 0 as has_run
    from quality_result
),

subject as (
    select 'dataset' as level, dataset as subject, * from checked where is_whole
    union all by name
    select 'source' as level, source_system as subject, * from checked where is_whole and source_system is not null
    union all by name
    select 'street' as level, 'all' as subject, * from checked where is_whole
    union all by name
    select 'committee' as level, committee_code as subject, * from checked where not is_whole
),

dimensioned as (
    select * from subject
    union all by name
    select * replace ('全部' as dimension) from subject
),

summed as (
    select
        level,
        subject,
        dimension,
        run_id,
        max(checked_at) as checked_at,
        cast(coalesce(sum(checked_rows - least(failed_rows, checked_rows)) filter (where has_run), 0) as bigint) as numerator,
        cast(coalesce(sum(checked_rows) filter (where has_run), 0) as bigint) as denominator,
        count(*) as checks_due,
        count(*) filter (where has_run) as checks_run
    from dimensioned
    group by all
),

covered as (
    select
        level,
        subject,
        dimension,
        run_id,
        count(distinct dataset || '.' || column_name) as covered_columns
    from (
        select *, unnest(string_split(column_names, ';')) as column_name
        from dimensioned
        where has_run and level <> 'committee'
    )
    group by all
),

width as (
    select level, subject, dimension, run_id, cast(sum(column_count) as bigint) as column_count
    from (select distinct level, subject, dimension, run_id, dataset, column_count from dimensioned where level <> 'committee')
    group by all
),

scored as (
    select
        summed.*,
        case when denominator > 0 then round(100.0 * numerator / denominator, 4) end as score,
        case when summed.level <> 'committee' then coalesce(covered.covered_columns, 0) end as covered_columns,
        width.column_count
    from summed
    left join covered using (level, subject, dimension, run_id)
    left join width using (level, subject, dimension, run_id)
),

moved as (
    select
        *,
        lag(score) over (partition by level, subject, dimension order by checked_at, run_id) as previous_score
    from scored
)

select
    level,
    subject,
    dimension,
    run_id,
    checked_at,
    numerator,
    denominator,
    score,
    previous_score,
    case
        when score is null or previous_score is null then null
        when abs(score - previous_score) < $same_within then 'same'
        when score > previous_score then 'up'
        else 'down'
    end as trend,
    (select arg_max(grade, least) from grade where score >= least) as grade,
    checks_due,
    checks_run,
    column_count,
    case when column_count is not null then covered_columns end as covered_columns,
    $formula as formula
from moved
order by level, subject, dimension, run_id
