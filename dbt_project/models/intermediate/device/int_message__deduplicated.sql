{{ config(materialized='table') }}

-- A gateway sends a message again when it is unsure: the first arrival counts, the others are only counted.
with telemetry as (
    select
        source_key,
        device_id,
        sent_at,
        received_at,
        kind,
        battery_pct,
        event_code
    from {{ ref('stg_device__telemetry') }}
    where received_at is not null
),

first_arrival as (
    select
        device_id,
        source_key as message_id,
        min(sent_at) as sent_at,
        min(received_at) as received_at,
        min(kind) as kind,
        min(battery_pct) as battery_pct,
        min(event_code) as event_code,
        count(*) - 1 as repeat_count
    from telemetry
    group by device_id, source_key
)

select
    device_id,
    message_id,
    kind,
    event_code,
    battery_pct,
    sent_at,
    received_at,
    -- Nothing can have happened after it was told: a clock that runs ahead is wrong too. Null is skipped by `least`.
    least(sent_at, received_at) as happened_at,
    {{ shanghai_date('least(sent_at, received_at)') }} as day,
    coalesce(
        {{ seconds_between('sent_at', 'received_at') }} > {{ var('late_message_minutes') }} * 60, false
    ) as is_late,
    repeat_count
from first_arrival
