-- One row a name that the register does not bear, with the one name of the register that it stands for, and why.
-- A slip counts only where one name is near enough and what else the addresses say is found there; signs that are not
-- alike need a lane or a long number beside them. Most addresses under the name must fit, or it is another place's own.
with candidate as (
    select
        scope,
        told_name,
        name,
        is_alike
    from {{ ref('int_name__similar') }}
    union
    select
        scope,
        told_name,
        name,
        is_alike
    from {{ ref('int_name__ending') }}
),

near as (
    select
        slip.scope,
        slip.told_name,
        slip.name,
        told.element_key,
        max(case when known.cluster is null then 0 else 1 end) as is_fit
    from candidate as slip
    inner join {{ ref('int_name__unknown') }} as told
        on slip.scope = told.scope and slip.told_name = told.told_name
    left join {{ ref('int_name__numbered') }} as known
        on
            slip.name = known.name
            and {{ fitting_numbers('told', 'known') }}
            and (slip.is_alike or (told.scope = 'road' and (told.lane is not null or length(told.number) > 2)))
    group by slip.scope, slip.told_name, slip.name, told.element_key
),

counted as (
    select
        scope,
        told_name,
        name,
        sum(is_fit) as fit_count,
        count(*) as told_count
    from near
    group by scope, told_name, name
),

fitting as (
    select
        counted.scope,
        counted.told_name,
        counted.name,
        counted.fit_count,
        counted.told_count,
        count(*) over (partition by counted.scope, counted.told_name) as name_count
    from counted
    where counted.fit_count > 0
)

select
    fitting.scope,
    fitting.told_name,
    fitting.name,
    'near_name' as reason
from fitting
left join
    {{ ref('int_name__old') }} as settled
    on fitting.scope = settled.scope and fitting.told_name = settled.told_name
where settled.told_name is null and fitting.name_count = 1 and fitting.fit_count * 4 >= fitting.told_count * 3
union all
select
    scope,
    told_name,
    name,
    reason
from {{ ref('int_name__old') }}
