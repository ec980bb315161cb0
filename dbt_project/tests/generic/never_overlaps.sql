{#- Fails where two periods (valid_from to valid_to, both days included; null: open) of the same columns share a day. -#}
{% test never_overlaps(model, columns) %}
with period as (
    select
        {{ columns | join(", ") }},
        valid_from,
        valid_to,
        lead(valid_from) over (partition by {{ columns | join(", ") }} order by valid_from) as next_from
    from {{ model }}
)

select *
from period
where valid_to < valid_from or (next_from is not null and (valid_to is null or valid_to >= next_from))
{% endtest %}
