-- One row a live house that the housing bureau lists a second time: the same building, unit, room and part under
-- another house number, whose own address does not say otherwise. It is the same home where use and area do not
-- differ; two homes behind one room number have areas of their own.
with house as (
    select
        source_key,
        building_source_key,
        coalesce(unit, '') || '|' || coalesce(room, '') || '|' || coalesce(part, '') as door,
        address_lane,
        address_gate,
        address_block,
        address_unit,
        address_room,
        floor_area_m2,
        house_use,
        _received_at as received_at
    from {{ ref('stg_property__house') }}
    where is_live and building_source_key is not null and (room is not null or part is not null)
),

first as (
    select
        building_source_key,
        door,
        min(source_key) as source_key
    from house
    group by building_source_key, door
    having count(*) > 1
)

select
    house.source_key,
    kept.source_key as kept_key,
    coalesce(house.house_use, kept.house_use, '') = coalesce(kept.house_use, house.house_use, '')
    and coalesce(abs(house.floor_area_m2 - kept.floor_area_m2) < {{ var('twin_area_m2') }}, true) as is_one,
    case when house.received_at > kept.received_at then house.received_at else kept.received_at end as received_at
from first
inner join house as kept on first.source_key = kept.source_key
inner join house
    on
        first.building_source_key = house.building_source_key
        and first.door = house.door
        and first.source_key < house.source_key
where
{% for element in ['lane', 'gate', 'block', 'unit', 'room'] -%}
        coalesce(house.address_{{ element }}, kept.address_{{ element }}, '')
        = coalesce(kept.address_{{ element }}, house.address_{{ element }}, '')
        {{ 'and' if not loop.last }}
{% endfor %}
