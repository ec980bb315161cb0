{{ config(materialized='table') }}

-- One row: the span of time that the telemetry feed speaks of. An hour's file appears only when complete,
-- so the feed reaches to the end of the hour of its newest message.
with counted as (
    select
        first_received_at,
        last_arrival_at
    from {{ ref('stg_telemetry__counts') }}
),

newest as (
    select
        min(first_received_at) as first_received_at,
        max(last_arrival_at) as last_received_at
    from counted
)

select
    first_received_at,
    last_received_at,
    {{ shanghai_date('first_received_at') }} as first_day,
    {{ shanghai_date('last_received_at') }} as last_day,
    date_trunc('hour', last_received_at) + interval 1 hour as horizon_at
from newest
