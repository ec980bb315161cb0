-- What stands under each name of the register: one row a dwelling, name and number (号 or 幢) by which it may be called.
with element as (
    select
        matched.cluster,
        {{ element_columns('element') }}
    from {{ ref('int_place__element') }} as element
    inner join {{ ref('int_place__matched') }} as matched
        on element.kind = matched.kind and {{ same_record('element', 'matched') }}
    where element.kind = 'dwelling'
),

numbered as (
    {% for scope in ['road', 'estate'] -%}
        {% set outer_loop = loop -%}
        {% for number in ['gate', 'block'] -%}
            select distinct
                '{{ scope }}' as scope,
                {{ scope }} as name,
                cluster,
                lane,
                sublane,
                {{ number }} as number,
                unit,
                room,
                part
            from element
            where {{ scope }} is not null and {{ number }} is not null
            {{ '' if loop.last and outer_loop.last else 'union' }}
        {% endfor -%}
    {% endfor -%}
)

select
    numbered.scope,
    numbered.name,
    numbered.cluster,
    numbered.lane,
    numbered.sublane,
    numbered.number,
    numbered.unit,
    numbered.room,
    numbered.part
from numbered
inner join {{ ref('int_name__known') }} as known on numbered.scope = known.scope and numbered.name = known.name
