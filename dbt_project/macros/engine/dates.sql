{# Calendar arithmetic whose names differ between engines. #}

{% macro compact_date(moment) -%}{{ return(adapter.dispatch("compact_date")(moment)) }}{%- endmacro %}
{% macro default__compact_date(moment) -%}strftime({{ moment }}, '%Y%m%d'){%- endmacro %}
{% macro spark__compact_date(moment) -%}date_format({{ moment }}, 'yyyyMMdd'){%- endmacro %}

{# Whole days from one date to a later one. #}
{% macro days_between(earlier, later) -%}{{ return(adapter.dispatch("days_between")(earlier, later)) }}{%- endmacro %}
{% macro default__days_between(earlier, later) -%}date_diff('day', {{ earlier }}, {{ later }}){%- endmacro %}
{% macro spark__days_between(earlier, later) -%}datediff({{ later }}, {{ earlier }}){%- endmacro %}

{# The day before a day; null stays null. #}
{% macro day_before(day) -%}cast({{ day }} - interval '1' day as date){%- endmacro %}

{# The same day some years later; 29 February becomes the 28th. #}
{% macro add_years(day, years) -%}{{ return(adapter.dispatch("add_years")(day, years)) }}{%- endmacro %}
{% macro default__add_years(day, years) -%}cast({{ day }} + to_years(cast({{ years }} as integer)) as date){%- endmacro %}
{% macro spark__add_years(day, years) -%}add_months({{ day }}, cast({{ years }} as int) * 12){%- endmacro %}

{# Completed years of life at a day: birthdays are counted, not days. #}
{% macro age_at(birth_date, day) -%}
(
    year({{ day }}) - year({{ birth_date }})
    - case
        when month({{ day }}) * 100 + day({{ day }}) < month({{ birth_date }}) * 100 + day({{ birth_date }}) then 1
        else 0
    end
)
{%- endmacro %}

{% macro as_of_date() -%}cast('{{ env_var("YIDANG_AS_OF", var("as_of")) }}' as date){%- endmacro %}
{% macro run_moment() -%}cast('{{ env_var("YIDANG_NOW", var("now")) }}' as timestamp){%- endmacro %}
