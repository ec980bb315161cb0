{# Whether what an address says besides its road or estate is what stands there: numbers are equal, or one side is silent. #}
{% macro fitting_numbers(told, known) -%}
{{ told }}.scope = {{ known }}.scope and {{ told }}.number = {{ known }}.number
and (
    coalesce({{ told }}.lane, '') = coalesce({{ known }}.lane, '')
    or ({{ told }}.scope = 'estate' and ({{ told }}.lane is null or {{ known }}.lane is null))
)
and coalesce({{ told }}.sublane, '') = coalesce({{ known }}.sublane, '')
{%- for element in ['unit', 'room', 'part'] %}
and coalesce({{ told }}.{{ element }}, {{ known }}.{{ element }}, '')
= coalesce({{ known }}.{{ element }}, {{ told }}.{{ element }}, '')
{%- endfor -%}
{%- endmacro %}
