{#- Turns a relation with one row an area (street_code, committee_code, estate_id, period) and one column a measure
    into one row an area and measure. Plain SQL on every engine. -#}
{% macro unpivot_measures(relation, measures) -%}
{% for measure in measures -%}
select
    street_code,
    committee_code,
    estate_id,
    period,
    '{{ measure }}' as measure,
    cast({{ measure }} as double) as amount
from {{ relation }}
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
{%- endmacro %}
