{#
  Every version ever landed of those records that said more than one thing in their addresses and codes, or that are gone, with
  the day on which it was told and whether the record still says the same. A record that always said the same is left
  out: its newest version says it all.
#}
{% macro retold_versions(landed, staged, codes, addresses=['address']) -%}
{%- set watched = [] -%}
{%- for prefix in addresses -%}
{%- for element in ["road", "estate", "lane", "sublane", "gate", "block", "unit", "room", "part"] -%}
{%- set _ = watched.append(prefix ~ '_' ~ element) -%}
{%- endfor -%}
{%- endfor -%}
{%- for code in codes -%}
{%- set _ = watched.append(code) -%}
{%- endfor -%}
{%- set said -%}
{%- for column in watched -%}
coalesce(cast(RELATION.{{ column }} as varchar), ''){{ " || '|' || " if not loop.last }}
{%- endfor -%}
{%- endset %}
with version as (
    select
        landed.source_key,
        {% for column in watched -%}
        landed.{{ column }},
        {% endfor -%}
        coalesce(landed.source_updated_at, landed._received_at) as told_at,
        case
            when staged.is_live and {{ said | replace('RELATION', 'landed') }} = {{ said | replace('RELATION', 'staged') }}
                then 1
            else 0
        end as is_standing
    from {{ landed }} as landed
    inner join {{ staged }} as staged on landed.source_key = staged.source_key
    where coalesce(not landed.is_withdrawn, true)
),

compared as (
    select
        source_key,
        {% for column in watched -%}
        {{ column }},
        {% endfor -%}
        told_at,
        is_standing = 1 as is_standing,
        min(is_standing) over (partition by source_key) as is_all_standing
    from version
)

select
    source_key,
    {% for column in watched -%}
    {{ column }},
    {% endfor -%}
    told_at,
    cast(told_at as date) as told_on,
    is_standing
from compared
where is_all_standing = 0
{%- endmacro %}
