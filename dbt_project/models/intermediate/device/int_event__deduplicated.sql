{{ config(materialized='table') }}

-- Each event once. Counting keeps one copy a day; with a wrong clock, copies may come on both sides of midnight.
with event as (
    select
        device_id,
        message_id,
        event_code,
        sent_at,
        received_at
    from {{ ref('stg_telemetry__event') }}
),

first_arrival as (
    select
        device_id,
        message_id,
        min(event_code) as event_code,
        min(sent_at) as sent_at,
        min(received_at) as received_at
    from event
    group by device_id, message_id
)

select
    device_id,
    message_id,
    event_code,
    sent_at,
    received_at,
    -- Nothing can have happened after it was told: a clock that runs ahead is wrong too. Null is skipped by `least`.
    least(sent_at, received_at) as happened_at,
    {{ shanghai_date('least(sent_at, received_at)') }} as day
from first_arrival
