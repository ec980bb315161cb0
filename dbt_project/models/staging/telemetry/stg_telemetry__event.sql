select
    device_id,
    message_id,
    event_code,
    event_value,
    sent_at,
    received_at,
    day
from {{ source('telemetry', 'event') }}
