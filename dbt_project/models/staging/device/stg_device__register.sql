{{ latest_state(source('device', 'register'), has_snapshots=true) }}

select
    source_key,
    source_updated_at,
    is_live,
    device_type,
    vendor,
    model,
    estate_name,
    estate_name_key,
    {{ address_columns("address") }},
    name,
    name_key,
    mobile,
    phones,
    installed_date,
    retired_date,
    status,
    heartbeat_seconds,
    {{ origin_columns() }}
from latest
