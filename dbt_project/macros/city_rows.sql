{#- The numbers of a seed that the city defines otherwise (`[parameters.<seed>.<row>]` of yidang.toml), put in the place of the
    project's own. Only a number that a row has is replaced. Runs after each seed; without such numbers it is nothing. -#}
{% macro city_rows(seed) -%}
{%- for number in var('city_rows', []) if number.seed == seed.identifier %}
update {{ seed }}
set {{ number.column }} = {{ number.value }}
where {{ number.key }} = '{{ number.row }}' and {{ number.column }} is not null;
{%- endfor %}
{%- endmacro %}

{#- A text of a seed with its numbers filled in: `{name}` stands for the number of that name. -#}
{% macro worded(text, numbers) -%}
{% for _ in numbers %}replace({% endfor %}{{ text }}
{%- for name, value in numbers.items() %}, {{ "'{" ~ name ~ "}'" }}, coalesce(cast({{ value }} as varchar), '')){% endfor %}
{%- endmacro %}
