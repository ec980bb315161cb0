{#- Named steps that end in `<name>`: the counts of a relation that must not be told (area_level, area_code, parent_code,
    period, measure).

    The relation has one row an area, period and measure: `amount`; `capacity`, how many there are to be counted (null: not
    told); `is_forced`, whether it must be hidden for another reason. Small is a count under the limit, and one that leaves
    fewer than the limit uncounted. Beside a small one, the siblings of one parent are hidden in the order of their codes until
    there are two and those hidden hold the limit together, counted and uncounted: then "the whole less the others" proves no
    count to be under the limit, and none exactly. The order is that of the codes, not of size: sizes change places from
    version to version, and what one version hides another would tell. Below a hidden parent one part at least is hidden.
    Areas in which nobody could be counted, as everybody can see, hide nobody. -#}
{% macro hidden_counts(name, relation) -%}
{% set limit = var('suppression_limit') -%}
{% set siblings = 'area_level, parent_code, period, measure' -%}
{% set before = 'rows between unbounded preceding and 1 preceding' -%}
{{ name }}_judged as (
    select
        area_level,
        area_code,
        parent_code,
        period,
        measure,
        amount,
        capacity - amount as rest,
        case
            when is_forced or amount < {{ limit }} or coalesce(capacity - amount, {{ limit }}) < {{ limit }} then 1 else 0
        end as is_small
    from {{ relation }}
    where is_forced or coalesce(capacity, 1) > 0
),

{{ name }}_ranked as (
    select
        *,
        max(is_small) over (partition by {{ siblings }}) as has_small,
        row_number() over (partition by {{ siblings }} order by is_small desc, area_code) as place,
        coalesce(sum(amount) over (
            partition by {{ siblings }} order by is_small desc, area_code {{ before }}
        ), 0) as amount_before,
        coalesce(sum(coalesce(rest, {{ limit }})) over (
            partition by {{ siblings }} order by is_small desc, area_code {{ before }}
        ), 0) as rest_before
    from {{ name }}_judged
),

{{ name }}_hidden as (
    select
        *,
        is_small = 1
        or (has_small = 1 and (place <= 2 or amount_before < {{ limit }} or rest_before < {{ limit }})) as is_hidden
    from {{ name }}_ranked
),

{{ name }} as (
    select
        part.area_level,
        part.area_code,
        part.parent_code,
        part.period,
        part.measure
    from {{ name }}_hidden as part
    left join {{ name }}_hidden as whole
        on
            part.parent_code = whole.area_code
            and part.period = whole.period
            and part.measure = whole.measure
            and part.area_level = 'estate' and whole.area_level = 'committee'
            and whole.is_hidden
    where part.is_hidden or (whole.area_code is not null and part.place = 1)
)
{%- endmacro %}
