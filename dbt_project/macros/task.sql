{#- Names of tasks and the words of their evidence. -#}

{#- What a kind of task about one subject is called; the same kind and subject always give the same. -#}
{% macro task_stem(kind, subject_id) -%}
'task-' || substr(md5({{ kind }} || '|' || {{ subject_id }}), 1, 20)
{%- endmacro %}

{#- Eight hexadecimal digits that change when the evidence does. -#}
{% macro evidence_digest(evidence) -%}
substr(md5(coalesce({{ evidence }}, '')), 1, 8)
{%- endmacro %}

{#- What one record of a person says, in words: label, key, days. No personal value stands in it. -#}
{% macro record_words(record, label) -%}
coalesce({{ label }}.said_zh, {{ record }}.source_system || '.' || {{ record }}.source_entity)
|| ' ' || {{ record }}.source_key
|| coalesce('，' || cast({{ record }}.valid_from as varchar) || ' 起', '')
|| coalesce('，' || cast({{ record }}.valid_to as varchar) || ' 止', '')
{%- endmacro %}
