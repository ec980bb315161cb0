-- Care devices that have been silent for so long that somebody should look.
with device as (
    select
        device_id,
        committee_code,
        state,
        is_care_device,
        installed_date,
        last_seen_at
    from {{ ref('device') }}
),

feed as (
    select last_received_at from {{ ref('int_telemetry__bounded') }}
),

judged as (
    select
        device.device_id,
        device.committee_code,
        coalesce(device.last_seen_at, {{ shanghai_midnight('device.installed_date') }}) as silent_from,
        feed.last_received_at
    from device
    cross join feed
    where device.is_care_device and device.state in ('offline', 'fault')
)

select
    'care_device_silent' as kind,
    device_id as subject_id,
    committee_code,
    'device.register ' || device_id
    || coalesce('，最后消息 ' || cast({{ shanghai_date('silent_from') }} as varchar), '，从无消息') as evidence
from judged
where
    silent_from is null
    or {{ seconds_between('silent_from', 'last_received_at') }} >= {{ var('silent_device_hours') }} * 3600
