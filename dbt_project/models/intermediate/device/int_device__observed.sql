{{ config(materialized='table') }}

-- What a device has said of itself lately: its newest message and the battery that it named there.
with message as (
    select
        device_id,
        received_at,
        battery_pct
    from {{ ref('int_message__deduplicated') }}
)

select
    device_id,
    max(received_at) as last_seen_at,
    arg_max(battery_pct, received_at) as battery_pct
from message
group by device_id
