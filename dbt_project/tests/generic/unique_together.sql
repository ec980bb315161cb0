{#- The columns together name one row, and none of them is empty. A failing row shows the values and how often they stand
    there: look for the join of the model that fans out, or for the source row without a key. -#}
{% test unique_together(model, columns) %}
select
    {{ columns | join(',\n    ') }},
    count(*) as row_count
from {{ model }}
group by
    {{ columns | join(',\n    ') }}
having
    count(*) > 1
    {% for column in columns -%}
    or {{ column }} is null
    {% endfor %}
{% endtest %}
