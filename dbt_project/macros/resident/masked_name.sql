{#
  A name with its surname kept and at most two stars, so that the length of a long name is not told. `surname` is the compound
  surname that the name begins with, or null; a name of two characters keeps one even where it looks like a compound surname.
#}
{% macro masked_name(name, surname) -%}
case
    when {{ name }} is null then null
    when {{ surname }} is not null and length({{ name }}) >= 3
        then {{ surname }} || case when length({{ name }}) = 3 then '*' else '**' end
    when length({{ name }}) = 1 then '*'
    else substring({{ name }}, 1, 1) || case when length({{ name }}) = 2 then '*' else '**' end
end
{%- endmacro %}
