{{ config(materialized='table') }}

-- One row: the span of time that the telemetry feed speaks of. An hour's file appears only when complete,
-- so the feed reaches to the end of the hour of its newest message, and never beyond the business date: a straggler
-- that arrived after it must not make every other device look silent.
with counted as (
    select
        first_received_at,
        last_arrival_at
    from {{ ref('stg_telemetry__counts') }}
),

newest as (
    select
        min(first_received_at) as first_received_at,
        max(last_arrival_at) as last_arrival_at,
        {{ shanghai_midnight(as_of_date()) }} + interval 1 day as closing_at
    from counted
),

bounded as (
    select
        first_received_at,
        case when last_arrival_at > closing_at then closing_at else last_arrival_at end as last_received_at,
        case
            when last_arrival_at >= closing_at then closing_at
            else date_trunc('hour', last_arrival_at) + interval 1 hour
        end as horizon_at
    from newest
)

select
    first_received_at,
    last_received_at,
    {{ shanghai_date('first_received_at') }} as first_day,
    {{ shanghai_date('horizon_at - interval 1 second') }} as last_day,
    horizon_at
from bounded
