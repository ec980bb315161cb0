{{ config(materialized='table') }}

-- When a device had to speak: from the day it was installed until it was retired, or fell out of the register.
with register as (
    select
        source_key as device_id,
        device_type,
        upper(status) as status,
        installed_date,
        retired_date,
        heartbeat_seconds,
        is_live
    from {{ ref('stg_device__register') }}
),

device_type as (
    select
        type,
        grace_factor,
        heartbeat_seconds,
        noisy_events
    from {{ ref('device_type') }}
),

observed as (
    select
        device_id,
        last_seen_at
    from {{ ref('int_device__observed') }}
),

feed as (
    select first_day from {{ ref('int_telemetry__bounded') }}
),

judged as (
    select
        register.device_id,
        register.device_type,
        register.installed_date,
        register.retired_date,
        register.heartbeat_seconds,
        (
            not register.is_live
            or coalesce(register.status, '') = 'RETIRED'
            or coalesce(register.retired_date <= {{ as_of_date() }}, false)
        ) as is_retired
    from register
)

select
    judged.device_id,
    judged.installed_date,
    judged.is_retired,
    -- A device that vanished without a date stopped on the day of its last message: it is blamed for none after that.
    coalesce(
        judged.retired_date,
        case
            when judged.is_retired
                then coalesce({{ shanghai_date('observed.last_seen_at') }}, judged.installed_date, feed.first_day)
        end
    ) as retired_date,
    coalesce(nullif(judged.heartbeat_seconds, 0), device_type.heartbeat_seconds) as heartbeat_seconds,
    coalesce(device_type.grace_factor, {{ var('default_grace_factor') }}) as grace_factor,
    device_type.noisy_events
from judged
cross join feed
left join device_type on judged.device_type = device_type.type
left join observed on judged.device_id = observed.device_id
