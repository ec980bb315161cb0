{# Lists and texts whose functions differ between engines. #}

{# One row an element of a list column; used in the select list. #}
{% macro explode_list(list) -%}{{ return(adapter.dispatch("explode_list")(list)) }}{%- endmacro %}
{% macro default__explode_list(list) -%}unnest({{ list }}){%- endmacro %}
{% macro spark__explode_list(list) -%}explode({{ list }}){%- endmacro %}

{# The distinct values of a group in one text, in their own order. #}
{% macro joined_values(expression) -%}{{ return(adapter.dispatch("joined_values")(expression)) }}{%- endmacro %}
{% macro default__joined_values(expression) -%}
string_agg(distinct {{ expression }}, ',' order by {{ expression }})
{%- endmacro %}
{% macro spark__joined_values(expression) -%}array_join(sort_array(collect_set({{ expression }})), ','){%- endmacro %}

{# Sixteen hexadecimal digits that stand for a text: for ids that follow from other ids. #}
{% macro short_digest(text) -%}substring(md5({{ text }}), 1, 16){%- endmacro %}
