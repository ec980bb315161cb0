{{ latest_state(source('property', 'house')) }}

select
    source_key,
    source_updated_at,
    is_live,
    building_source_key,
    unit,
    room,
    part,
    room_text,
    {{ address_columns("address") }},
    floor_area_m2,
    house_use,
    tenure,
    {{ origin_columns() }}
from latest
