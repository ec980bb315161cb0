{{ latest_state(source('police', 'bzdz'), has_snapshots=true) }}

select
    source_key,
    source_updated_at,
    is_live,
    division_code,
    street_code,
    committee_code,
    estate_name,
    estate_name_key,
    {{ address_columns("address") }},
    longitude,
    latitude,
    {{ origin_columns() }}
from latest
