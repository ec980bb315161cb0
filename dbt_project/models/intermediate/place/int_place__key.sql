-- Every key by which a place record may be found, with how many elements it leaves out (0: the full key).
-- A dwelling without a room is named by its gate alone, in full, and only where no rooms are known behind that gate.
-- The number of a plot is no building's, even if only one stands there.
with element as (
    select
        kind,
        source_system,
        source_entity,
        source_key,
        {{ element_columns() }},
        count(coalesce(room, part)) over (partition by kind, road, lane, sublane, gate, block) as rooms_by_road,
        count(coalesce(room, part)) over (partition by kind, estate, gate, block) as rooms_by_estate
    from {{ ref('int_place__element') }}
    where gate is not null or block is not null
),

named as (
    select
        kind,
        source_system,
        source_entity,
        source_key,
        {{ element_columns() }}
    from element
    where
        kind = 'building' or room is not null or part is not null
        or ((road is null or rooms_by_road = 0) and (estate is null or rooms_by_estate = 0))
),

keyed as (
    {{ key_variants('named', [
        'kind', 'source_system', 'source_entity', 'source_key', 'lane', 'gate', 'block', 'unit', 'room', 'part',
    ]) }}
)

select
    kind,
    source_system,
    source_entity,
    source_key,
    key_text,
    min(lane) as lane,
    min(block) as block,
    min(unit) as unit,
    min(part) as part,
    min(missing_count) as missing_count
from keyed
where
    room is not null or part is not null
    or (kind = 'dwelling' and missing_count = 0)
    or (
        kind = 'building'
        and (
            lane is not null or block is null or gate is null or gate = block
            or key_text not like '%|' || gate || '||||'
        )
    )
group by kind, source_system, source_entity, source_key, key_text
