{#
  A value as it may be shown, by the form in which it is written: names, dates and telephones without what tells of one
  person.
#}
{% macro masked_value(value, form) -%}
case {{ form }}
    when 'name' then {{ masked_name(value, 'cast(null as varchar)') }}
    when 'phone' then substr({{ value }}, 1, 3) || '****' || substr({{ value }}, 8)
    when 'date' then substr({{ value }}, 1, 4) || '-**-**'
    else {{ value }}
end
{%- endmacro %}
