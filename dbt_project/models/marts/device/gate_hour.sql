-- Passages and refusals of each gate by hour, each message once; of the last var gate_hour_days days. Nothing finer is
-- kept.
with passage as (
    select
        device_id,
        message_id,
        min(event_code) as event_code,
        date_trunc('hour', min(happened_at)) as hour_at
    from {{ ref('stg_device__movement') }}
    where
        event_code in ('PASS', 'DENY')
        and received_at >= {{ shanghai_midnight(as_of_date()) }} - interval '{{ var("gate_hour_days") }}' day
    group by device_id, message_id
)

select
    passage.device_id,
    passage.hour_at,
    device.building_id,
    device.estate_id,
    device.committee_code,
    cast(sum(case when passage.event_code = 'PASS' then 1 else 0 end) as bigint) as passes,
    cast(sum(case when passage.event_code = 'DENY' then 1 else 0 end) as bigint) as denials
from passage
inner join {{ ref('device') }} as device on passage.device_id = device.device_id and device.type = 'gate'
group by passage.device_id, passage.hour_at, device.building_id, device.estate_id, device.committee_code
