{#
  Every version ever landed of those records that said more than one thing in their addresses and codes, or that are gone, with
  the day on which it was told and whether the record still says the same. A record that always said the same is left
  out: its newest version says it all. The same road and number in another city or district is another thing.
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
        {% for prefix in addresses -%}
        landed.{{ prefix }}_text,
        {% endfor -%}
        coalesce(landed.source_updated_at, landed._received_at) as told_at,
        case
            when not staged.is_live or {{ said | replace('RELATION', 'landed') }} <> {{ said | replace('RELATION', 'staged') }}
                then 0
            {%- for prefix in addresses %}
            -- Only of texts that differ, the area is read out of them: most say the same.
            when
                case
                    when landed.{{ prefix }}_text = staged.{{ prefix }}_text then false
                    else {{ told_area('landed.' ~ prefix ~ '_text') }} <> {{ told_area('staged.' ~ prefix ~ '_text') }}
                end
                then 0
            {%- endfor %}
            else 1
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
        {% for prefix in addresses -%}
        {{ prefix }}_text,
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
    {% for prefix in addresses -%}
    {{ told_city(prefix ~ '_text') }} as {{ prefix }}_city,
    {{ told_district(prefix ~ '_text') }} as {{ prefix }}_district,
    {% endfor -%}
    told_at,
    {{ shanghai_date('told_at') }} as told_on,
    is_standing
from compared
where is_all_standing = 0
{%- endmacro %}
