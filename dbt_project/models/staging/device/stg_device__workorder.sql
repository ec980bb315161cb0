{{ latest_state(source('device', 'workorders')) }}

select
    source_key,
    source_updated_at,
    is_live,
    alarm_id,
    device_id,
    created_at,
    dispatched_at,
    arrived_at,
    closed_at,
    outcome,
    {{ origin_columns() }}
from latest
