{# The groups of columns that cleaning writes, named once. What they hold: docs/data-flow.md. #}

{% macro person_columns() -%}
name, name_key, id_kind, id_number, id_visible, id_evidence, id_status, birth_date, id_birth_date, sex_code, id_sex_code, mobile, phones
{%- endmacro %}

{% macro address_columns(prefix) -%}
{%- for element in ["text", "road", "lane", "sublane", "gate", "block", "unit", "room", "part", "estate", "road_key", "estate_key", "level"] -%}
{{ prefix }}_{{ element }}{{ "" if loop.last else ", " }}
{%- endfor -%}
{%- endmacro %}

{% macro origin_columns() -%}
_issues, _batch_id, _received_at, _sequence, _file, _line
{%- endmacro %}
