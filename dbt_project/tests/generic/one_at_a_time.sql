{#- Of the rows that share the columns no period begins before the one before it has ended, and none ends before it begins.
    A failing row shows both first days: look for the model that dates the periods. -#}
{% test one_at_a_time(model, columns) %}
select
    {{ columns | join(',\n    ') }},
    valid_from,
    next_from
from (
    select
        *,
        lead(valid_from) over (
            partition by {{ columns | join(', ') }} order by valid_from asc, coalesce(valid_to, date '9999-12-31') asc
        ) as next_from
    from {{ model }}
) as period
where
    valid_from is null
    or valid_to < valid_from
    or (next_from is not null and (valid_to is null or valid_to >= next_from))
{% endtest %}
