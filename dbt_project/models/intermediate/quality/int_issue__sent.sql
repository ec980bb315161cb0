-- What cleaning noted on messages, one row a device and rule: a fault of a device, not of each of its many messages.
with noted as (
    select
        device_id,
        {{ explode_list('_issues') }} as rule,
        received_at
    from {{ ref('stg_device__telemetry') }}
)

select
    'device.telemetry' as dataset,
    'device' as owner_system,
    device_id as source_key,
    rule,
    cast(count(*) as varchar) || ' 条消息' as detail,
    max(received_at) as seen_at,
    true as is_open
from noted
where device_id is not null
group by device_id, rule
