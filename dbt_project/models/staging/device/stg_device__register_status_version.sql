{{ config(materialized='view') }}

-- Every landed version of a register entry, with the day for which it was delivered: what it was and where, as then
-- told.
select
    landed.source_key,
    -- Null: the delivery's name tells no day of the calendar.
    try_cast(
        substr({{ delivery_day('landed') }}, 1, 4) || '-' || substr({{ delivery_day('landed') }}, 5, 2) || '-'
        || substr({{ delivery_day('landed') }}, 7, 2) as date
    ) as told_on,
    landed._sequence,
    landed.device_type,
    upper(landed.status) as status,
    landed.heartbeat_seconds,
    landed.address_text,
    landed.address_room,
    landed.estate_name_key,
    {{ address_key(
        "coalesce(landed.address_road, '') || '/' || coalesce(landed.address_estate, '')", 'landed.address_lane',
        'landed.address_sublane', 'landed.address_gate', 'landed.address_block', 'landed.address_unit',
        'landed.address_room', 'landed.address_part'
    ) }} as element_key,
    staged.is_live
from {{ source('device', 'register') }} as landed
inner join {{ ref('stg_device__register') }} as staged on landed.source_key = staged.source_key
