select
    device_id,
    day,
    received_heartbeats,
    events,
    late_messages,
    clock_wrong_messages,
    duplicate_messages,
    battery_min,
    battery_first,
    battery_last,
    signal_min,
    signal_max,
    first_received_at,
    last_received_at,
    last_arrival_at
from {{ source('telemetry', 'counts') }}
