{#- Every value of the column stands in the column of the same name of another model. A failing row shows a value without one:
    look for the model that drops it. -#}
{% test refers_to(model, column, to) %}
select
    child.{{ column }},
    count(*) as row_count
from {{ model }} as child
left join {{ to }} as parent on child.{{ column }} = parent.{{ column }}
where child.{{ column }} is not null and parent.{{ column }} is null
group by child.{{ column }}
{% endtest %}
