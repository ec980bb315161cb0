{#- Every value of the columns stands in the column of the same name of the model beside it: `parents` maps one to the other.
    A failing row shows the column and a value without a parent: look for the model that drops it. -#}
{% test refers_to(model, parents) %}
{% for column, parent in parents.items() %}
select
    '{{ column }}' as column_name,
    child.{{ column }} as missing_value,
    count(*) as row_count
from {{ model }} as child
left join {{ parent }} as parent on child.{{ column }} = parent.{{ column }}
where child.{{ column }} is not null and parent.{{ column }} is null
group by child.{{ column }}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endtest %}
