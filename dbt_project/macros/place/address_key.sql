{# The key of an address as cleaning writes it: anchor|lane|sublane|gate|block|unit|room|part, empty slots kept. #}
{% macro address_key(anchor, lane, sublane, gate, block, unit="''", room="''", part="''") -%}
{{ anchor }}
{%- for element in [lane, sublane, gate, block, unit, room, part] %} || '|' || coalesce({{ element }}, '')
{%- endfor -%}
{%- endmacro %}

{# Keys of the elements in `relation`, for both anchors and for every variant that leaves out something that is there. #}
{% macro key_variants(relation, carried) -%}
select
    {{ carried | join(', ') }},
    variant.missing_count,
    {{ address_key(
        'anchored.anchor',
        'case when variant.drops_lane then null else anchored.lane end',
        'anchored.sublane',
        'case when variant.drops_gate then null else anchored.gate end',
        'case when variant.drops_block then null else anchored.block end',
        'case when variant.drops_unit then null else anchored.unit end',
        'anchored.room',
        'case when variant.drops_part then null else anchored.part end',
    ) }} as key_text
from (
    select road as anchor, false as is_estate, * from {{ relation }} where road is not null
    union all
    select estate as anchor, true as is_estate, * from {{ relation }} where estate is not null
) as anchored
cross join {{ ref('address_variant') }} as variant
where
    (not variant.drops_lane or (anchored.lane is not null and anchored.is_estate))
    and (not variant.drops_gate or (anchored.gate is not null and anchored.block is not null))
    and (not variant.drops_block or (anchored.gate is not null and anchored.block is not null))
    and (not variant.drops_unit or anchored.unit is not null)
    and (not variant.drops_part or anchored.part is not null)
{%- endmacro %}
