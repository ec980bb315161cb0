{{ config(materialized='view') }}

-- Openings of doors, passages of gates and what sensors of bays said, as landed, repeats included: passages by their
-- hours, which is all that landing keeps (ingestion/telemetry/passage). A view, so that no copy is made: who reads it
-- keeps no more than it may (gates and bays by hour; doors only of people who agreed).
select
    source_key as message_id,
    device_id,
    event_code,
    -- Nothing can have happened after it was told: a clock that runs ahead is wrong too. Null is skipped by `least`.
    least(sent_at, received_at) as happened_at,
    received_at
from {{ source('device', 'telemetry') }}
where kind = 'ev' and event_code in ('OPEN', 'PASS', 'DENY', 'OCCUPIED', 'FREE')
