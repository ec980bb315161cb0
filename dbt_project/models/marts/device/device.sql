{% set alike = 'partition by type, vendor, model, installed_date, dwelling_id, building_id' %}
with register as (
    select
        source_key as device_id,
        coalesce(device_type, 'unknown') as type,
        vendor,
        model,
        upper(status) as status,
        source_updated_at
    from {{ ref('stg_device__register') }}
),

device_type as (
    select
        type,
        name_zh,
        is_care_device
    from {{ ref('device_type') }}
),

placed as (
    select * from {{ ref('int_device__placed') }}
),

served as (
    select * from {{ ref('int_device__served') }}
),

observed as (
    select * from {{ ref('int_device__observed') }}
),

feed as (
    select last_received_at from {{ ref('int_telemetry__bounded') }}
),

judged as (
    select
        register.device_id,
        register.type,
        register.vendor,
        register.model,
        register.status,
        register.source_updated_at,
        coalesce(device_type.name_zh, register.type) as type_name,
        coalesce(device_type.is_care_device, false) as is_care_device,
        placed.dwelling_id,
        placed.building_id,
        placed.estate_id,
        placed.place_grade,
        placed.committee_code,
        served.installed_date,
        served.retired_date,
        served.heartbeat_seconds,
        observed.last_seen_at,
        observed.battery_pct,
        observed.battery_pct_per_day,
        observed.signal_dbm_per_day,
        coalesce(observed.is_flat_lining, false) as is_flat_lining,
        case
            when served.is_retired then 'retired'
            when register.status = 'FAULT' then 'fault'
            when
                {{ seconds_between('observed.last_seen_at', 'feed.last_received_at') }}
                <= served.grace_factor * served.heartbeat_seconds then 'online'
            else 'offline'
        end as state
    from register
    cross join feed
    left join device_type on register.type = device_type.type
    left join placed on register.device_id = placed.device_id
    left join served on register.device_id = served.device_id
    left join observed on register.device_id = observed.device_id
)

select
    device_id,
    type,
    type_name,
    is_care_device,
    vendor,
    model,
    dwelling_id,
    building_id,
    estate_id,
    committee_code,
    place_grade,
    status,
    state,
    heartbeat_seconds,
    installed_date,
    retired_date,
    last_seen_at,
    battery_pct,
    battery_pct_per_day,
    case
        when battery_pct_per_day < 0 and state <> 'retired'
            then {{ shanghai_date('last_seen_at') }} + cast(least(ceil(
                greatest(battery_pct - {{ var('battery_empty_pct') }}, 0) / -battery_pct_per_day
            ), 3650) as integer)
    end as battery_end_date,
    signal_dbm_per_day,
    is_flat_lining,
    -- Entered twice: of devices of one make, place and day of installation, those never heard while one other is.
    case
        when
            last_seen_at is null and state <> 'retired' and coalesce(dwelling_id, building_id) is not null
            and count(last_seen_at) over ({{ alike }}) = 1
            then max(case when last_seen_at is not null then device_id end) over ({{ alike }})
    end as duplicate_of_device_id,
    source_updated_at
from judged
