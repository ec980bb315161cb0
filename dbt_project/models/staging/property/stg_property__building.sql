{{ latest_state(source('property', 'building')) }}

select
    source_key,
    source_updated_at,
    is_live,
    estate_source_key,
    building_name,
    gate,
    block,
    unit_count,
    floor_count,
    has_lift,
    {{ origin_columns() }}
from latest
