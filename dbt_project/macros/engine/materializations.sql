{#
  How DuckDB writes a model here: one statement that puts the new rows in the place of the old ones.

  dbt's own way builds aside, renames twice and drops, each with a transaction and a look at the catalogue, so that readers never
  miss a table. Nobody reads this file while it is built (what people read is a published version), so the care is for nothing,
  and with 160 models it cost more than the rows of a small street. Other engines keep dbt's own way.
#}
{% materialization table, adapter="duckdb" %}
  {%- set target = make_way_for('table') -%}
  {%- set is_contracted = config.get('contract').enforced -%}
  {% call statement('main', auto_begin=False) -%}
    {% if is_contracted -%}
      {{ get_assert_columns_equivalent(sql) }}
      create or replace table {{ target }} {{ get_table_columns_and_constraints() }};
      insert into {{ target }} {{ get_column_names() }} ({{ get_select_subquery(sql) }})
    {%- else -%}
      create or replace table {{ target }} as (
        {{ sql }}
      )
    {%- endif %}
  {%- endcall %}
  {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
  {%- set target = make_way_for('view') -%}
  {% call statement('main', auto_begin=False) -%}
    create or replace view {{ target }} as (
      {{ sql }}
    )
  {%- endcall %}
  {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# The relation that this model becomes; one of the same name and another kind, from an older project, is dropped before. #}
{% macro make_way_for(kind) %}
  {%- set standing = load_cached_relation(this) -%}
  {% if standing is not none and standing.type != kind %}
    {% call statement('make_way', auto_begin=False) %}drop {{ standing.type }} {{ standing }}{% endcall %}
  {% endif %}
  {{ return(this.incorporate(type=kind)) }}
{% endmacro %}
