{# Lists and texts whose functions differ between engines. #}

{# One row an element of a list column; used in the select list. #}
{% macro explode_list(list) -%}{{ return(adapter.dispatch("explode_list")(list)) }}{%- endmacro %}
{% macro default__explode_list(list) -%}unnest({{ list }}){%- endmacro %}
{% macro spark__explode_list(list) -%}explode({{ list }}){%- endmacro %}

{# The distinct values of a group in one text, in their own order; `separator` is a quoted text. #}
{% macro joined_values(expression, separator="','") -%}
{{ return(adapter.dispatch("joined_values")(expression, separator)) }}
{%- endmacro %}
{% macro default__joined_values(expression, separator) -%}
string_agg(distinct {{ expression }}, {{ separator }} order by {{ expression }})
{%- endmacro %}
{% macro spark__joined_values(expression, separator) -%}
array_join(sort_array(collect_set({{ expression }})), {{ separator }})
{%- endmacro %}

{# Sixteen hexadecimal digits that stand for a text: for ids that follow from other ids. #}
{% macro short_digest(text) -%}substring(md5({{ text }}), 1, 16){%- endmacro %}
