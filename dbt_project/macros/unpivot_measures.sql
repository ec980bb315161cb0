{#- Turns a relation with one row an area (committee_code, estate_id, period) and one column a measure
    into one row an area and measure. With `group`, a column, its value and a colon stand before the measure's name.
    Plain SQL on every engine. -#}
{% macro unpivot_measures(relation, measures, group=none) -%}
{% for measure in measures -%}
select
    committee_code,
    estate_id,
    period,
    {{ group ~ " || ':' || " if group }}'{{ measure }}' as measure,
    cast({{ measure }} as double) as amount
from {{ relation }}
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
{%- endmacro %}
