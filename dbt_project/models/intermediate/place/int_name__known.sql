-- Names of roads and estates that the register bears: those of buildings and of standard addresses, and those that
-- several houses give where no building tells. What one house alone writes may be a slip or an old name.
with named as (
    {% for scope in ['road', 'estate'] -%}
        select
            '{{ scope }}' as scope,
            {{ scope }} as name,
            reading,
            source_system,
            source_entity,
            source_key,
            max(case when reading = 'text' then 0 when {{ scope }} is null then 0 else 1 end) over (
                partition by source_system, source_entity, source_key
            ) as is_built
        from {{ ref('int_place__element') }}
        where kind = 'dwelling'
        {{ '' if loop.last else 'union all' }}
    {% endfor -%}
)

select
    scope,
    name
from named
where name is not null and (reading <> 'text' or is_built = 0)
group by scope, name
having max(case when reading <> 'text' then 1 else 0 end) = 1 or count(distinct source_key) > 2
