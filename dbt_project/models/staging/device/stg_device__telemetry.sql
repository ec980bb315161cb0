{{ config(materialized='view') }}
-- Every message as it arrived; repeats of a message id stay, because they are counted per device and day.
select
    source_key,
    source_updated_at,
    true as is_live,
    device_id,
    sent_at,
    received_at,
    kind,
    battery_pct,
    signal_dbm,
    event_code,
    event_value,
    {{ origin_columns() }}
from {{ source('device', 'telemetry') }}
