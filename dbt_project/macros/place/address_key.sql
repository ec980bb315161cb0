{# The key of an address as cleaning writes it: anchor|lane|sublane|gate|block|unit|room|part, empty slots kept. #}
{% macro address_key(anchor, lane, sublane, gate, block, unit="''", room="''", part="''") -%}
{{ anchor }}
{%- for element in [lane, sublane, gate, block, unit, room, part] %} || '|' || coalesce({{ element }}, '')
{%- endfor -%}
{%- endmacro %}

{#
  Keys of the elements in `relation`, for both anchors and for every variant that leaves out something that is there.
  Inside an estate 2号 and 2幢 (2号楼) are often one thing under two names: a variant reads the block as a gate.
  `carried`: columns of `relation` that go along, in order; `missing_count` and `key_text` follow them.
#}
{% macro key_variants(relation, carried) -%}
select
    {% for column in carried -%}
    anchored.{{ column }},
    {% endfor -%}
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
    {% for anchor in ['road', 'estate'] -%}
    select
        {% for column in carried if column not in ['lane', 'gate', 'block', 'unit', 'room', 'part'] -%}
        {{ column }},
        {% endfor -%}
        {{ anchor }} as anchor,
        {{ 'true' if anchor == 'estate' else 'false' }} as is_estate,
        lane, sublane, gate, block, unit, room, part
    from {{ relation }}
    where {{ anchor }} is not null
    {{ '' if loop.last else 'union all' }}
    {% endfor -%}
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
