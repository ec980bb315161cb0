{{ config(materialized='table') }}

-- What a device has said of itself lately: its newest message and the battery that it named there.
with message as (
    select
        device_id,
        received_at,
        battery_pct
    from {{ ref('int_message__deduplicated') }}
),

named as (
    select
        device_id,
        max(received_at) as named_at
    from message
    where battery_pct is not null
    group by device_id
)

-- Of two messages of one moment the emptier battery counts, so that the same messages always tell the same.
select
    message.device_id,
    max(message.received_at) as last_seen_at,
    min(case when message.received_at = named.named_at then message.battery_pct end) as battery_pct
from message
left join named on message.device_id = named.device_id
group by message.device_id
