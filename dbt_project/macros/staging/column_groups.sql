{# The groups of columns that cleaning writes, named once. What they hold: docs/data-flow.md. #}

{% macro person_columns(relation="") -%}
{%- for column in [
    "name", "name_key", "id_kind", "id_number", "id_visible", "id_evidence", "id_status", "birth_date", "id_birth_date",
    "sex_code", "id_sex_code", "mobile", "phones",
] -%}
{{ relation ~ "." if relation }}{{ column }}{{ "" if loop.last else ", " }}
{%- endfor -%}
{%- endmacro %}

{% macro address_columns(prefix) -%}
{%- for element in ["text", "road", "lane", "sublane", "gate", "block", "unit", "room", "part", "estate", "road_key", "estate_key", "level"] -%}
{{ prefix }}_{{ element }}{{ "" if loop.last else ", " }}
{%- endfor -%}
{%- endmacro %}

{% macro origin_columns(relation="") -%}
{%- for column in ["_issues", "_batch_id", "_received_at", "_sequence", "_file", "_line"] -%}
{{ relation ~ "." if relation }}{{ column }}{{ "" if loop.last else ", " }}
{%- endfor -%}
{%- endmacro %}

{# The elements of an address, as place models name them. #}
{% macro element_columns(relation="", prefix="") -%}
{%- for element in ["road", "estate", "lane", "sublane", "gate", "block", "unit", "room", "part"] -%}
{{ relation ~ "." if relation }}{{ prefix }}{{ element }}{{ " as " ~ element if prefix }}{{ "" if loop.last else ", " }}
{%- endfor -%}
{%- endmacro %}

{# Which record a row speaks of, as constants. #}
{% macro record_origin(source_system, source_entity) -%}
'{{ source_system }}' as source_system, '{{ source_entity }}' as source_entity
{%- endmacro %}

{# The key of a source record, for joins between two relations. #}
{% macro same_record(left, right) -%}
{{ left }}.source_system = {{ right }}.source_system
and {{ left }}.source_entity = {{ right }}.source_entity
and {{ left }}.source_key = {{ right }}.source_key
{%- endmacro %}
