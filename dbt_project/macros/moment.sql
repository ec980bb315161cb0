{#- Times are UTC; a street's days and months are those of its clock (var utc_offset_hours, without summer time). -#}
{% macro shanghai_date(moment) -%}
cast(({{ moment }}) + interval '{{ var("utc_offset_hours") }}' hour as date)
{%- endmacro %}

{#- The moment (UTC) at which a day of the street begins. -#}
{% macro shanghai_midnight(day) -%}
cast({{ day }} as timestamp) - interval '{{ var("utc_offset_hours") }}' hour
{%- endmacro %}

{#- Whole and broken seconds from one moment to another; null when either is unknown. -#}
{% macro seconds_between(earlier, later) -%}
{{ return(adapter.dispatch('seconds_between')(earlier, later)) }}
{%- endmacro %}

{% macro default__seconds_between(earlier, later) -%}
(epoch({{ later }}) - epoch({{ earlier }}))
{%- endmacro %}

{% macro spark__seconds_between(earlier, later) -%}
((unix_micros(cast({{ later }} as timestamp)) - unix_micros(cast({{ earlier }} as timestamp))) / 1000000.0)
{%- endmacro %}

{#- The months before this one for which the state of things is told (var trend_months counts this one too, at most 36), one
    row a month: `period` and its last day, `as_of`. -#}
{% macro earlier_months() -%}
select
    {{ month_of('as_of') }} as period,
    as_of
from (
    {% for back in range(1, 36) -%}
    select
        {{ back }} as months_back,
        cast(date_trunc('month', {{ as_of_date() }}) - interval '{{ back - 1 }}' month as date) - 1 as as_of
    {{ 'union all' if not loop.last }}
    {% endfor %}
) as back
where months_back < {{ var('trend_months') }}
{%- endmacro %}

{#- This month and those before it: `period`, the day for which it is told (`as_of`), and whether it is this one (`is_now`). -#}
{% macro told_months() -%}
select
    {{ month_of(as_of_date()) }} as period,
    {{ as_of_date() }} as as_of,
    true as is_now
union all
select
    earlier.period,
    earlier.as_of,
    false as is_now
from (
    {{ earlier_months() }}
) as earlier
{%- endmacro %}

{#- Whether what a dated row says held in a month of `told_months`; what holds today is said by the row's own `is_current`. -#}
{% macro held_in(row, month) -%}
(
    ({{ month }}.is_now and {{ row }}.is_current)
    or (
        not {{ month }}.is_now
        and ({{ row }}.valid_from is null or {{ month }}.as_of >= {{ row }}.valid_from)
        and ({{ row }}.valid_to is null or {{ month }}.as_of <= {{ row }}.valid_to)
    )
)
{%- endmacro %}

{#- A date's month as text, for example 2026-11. -#}
{% macro month_of(day) -%}
substr(cast({{ day }} as varchar), 1, 7)
{%- endmacro %}
