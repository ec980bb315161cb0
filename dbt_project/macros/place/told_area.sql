{#
  The city or county-level city, and the district or county behind a city, that an address opens with; null: it names
  none. Only words that are nothing else: 东方城市花园 is an estate, 花园小区 no district, and a zone (新区, 开发区, 东区,
  一区) lies in some district.
#}
{% macro told_city(text) -%}
coalesce(
    nullif(regexp_extract({{ text }}, '^(?:[一-龥]{2,7}?(?:省|自治区))?([一-龥]{1,5}[^都城菜夜门超集花股贸市]市)(?:[^场]|$)', 1), ''),
    nullif(regexp_extract({{ text }}, '^(?:[一-龥]{2,7}?(?:省|自治区))?([一-龥]{1,5}市)[一-龥]{1,5}[^小社园院校厂宅]区[一-龥]', 1), '')
)
{%- endmacro %}

{% macro told_district(text) -%}
nullif(regexp_extract(
    {{ text }},
    '^[一-龥]{0,12}?市([一-龥]{1,5}?[^小社园院校厂宅墅舍活业工东西南北新发术假税景城辖街一二三四五六七八九十]区|[一-龥]{1,4}县)[一-龥]',
    1
), '')
{%- endmacro %}

{# City and district together, empty where an address names none. #}
{% macro told_area(text) -%}
coalesce({{ told_city(text) }}, '') || '/' || coalesce({{ told_district(text) }}, '')
{%- endmacro %}
