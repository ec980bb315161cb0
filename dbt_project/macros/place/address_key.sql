{# The key of an address as cleaning writes it: anchor|lane|sublane|gate|block|unit|room|part, empty slots kept. #}
{% macro address_key(anchor, lane, sublane, gate, block, unit="''", room="''", part="''") -%}
{{ anchor }}
{%- for element in [lane, sublane, gate, block, unit, room, part] %} || '|' || coalesce({{ element }}, '')
{%- endfor -%}
{%- endmacro %}

{#
  Keys of the elements in `relation`, for both anchors and for every variant that leaves out something that is there.
  Inside an estate 2号 and 2幢 (2号楼) are often one thing under two names: a variant reads the block as a gate.
#}
{% macro key_variants(relation, carried) -%}
select
    {{ carried | join(', ') }},
    variant.missing_count,
    {{ address_key(
        'anchored.anchor',
        'case when not variant.drops_lane then anchored.lane end',
        'anchored.sublane',
        'case when variant.reads_block_as_gate then anchored.block when not variant.drops_gate then anchored.gate end',
        'case when not (variant.drops_block or variant.reads_block_as_gate) then anchored.block end',
        'case when not variant.drops_unit then anchored.unit end',
        'anchored.room',
        'case when not variant.drops_part then anchored.part end',
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
    and (not variant.reads_block_as_gate or (anchored.block is not null and anchored.is_estate))
    and (not variant.drops_unit or anchored.unit is not null)
    and (not variant.drops_part or (anchored.part is not null and anchored.room is not null))
{%- endmacro %}
