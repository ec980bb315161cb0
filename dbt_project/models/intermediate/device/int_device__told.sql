{{ config(materialized='table') }}

-- What the register said of each device, and from when to when: neighbouring deliveries that say the same are one
-- period. A device that is gone from the register ends with the last day on which it was listed. For what happened
-- before the first delivery or after the last, the nearest period holds: `holds_from` and `holds_until` leave no gap.
{% set of_one = "partition by source_key order by told_on" %}
with told as (
    select
        source_key,
        told_on,
        device_type,
        status,
        heartbeat_seconds,
        address_text,
        address_room,
        estate_name_key,
        element_key,
        is_live,
        row_number() over (partition by source_key, told_on order by _sequence desc) as choice
    from {{ ref('stg_device__register_status_version') }}
    where told_on is not null
),

compared as (
    select
        source_key,
        told_on,
        device_type,
        status,
        heartbeat_seconds,
        address_room,
        estate_name_key,
        element_key,
        is_live,
        lag(told_on) over ({{ of_one }}) is not null
        and coalesce(lag(address_text) over ({{ of_one }}), '') <> coalesce(address_text, '') as is_moved,
        lag(told_on) over ({{ of_one }}) is not null
        and coalesce(lag(device_type) over ({{ of_one }}), '') = coalesce(device_type, '')
        and coalesce(lag(status) over ({{ of_one }}), '') = coalesce(status, '')
        and coalesce(lag(heartbeat_seconds) over ({{ of_one }}), 0) = coalesce(heartbeat_seconds, 0)
        and coalesce(lag(address_text) over ({{ of_one }}), '') = coalesce(address_text, '') as is_same
    from told
    where choice = 1
),

begun as (
    select
        source_key,
        told_on,
        device_type,
        status,
        heartbeat_seconds,
        address_room,
        estate_name_key,
        element_key,
        is_live,
        is_moved,
        is_same,
        max(told_on) over (partition by source_key) as last_told_on
    from compared
)

select
    source_key as device_id,
    told_on as valid_from,
    coalesce(
        {{ day_before('lead(told_on) over (' ~ of_one ~ ')') }},
        case when not is_live then last_told_on end
    ) as valid_to,
    lead(told_on) over ({{ of_one }}) is null and is_live as is_current,
    device_type as type,
    status,
    heartbeat_seconds,
    is_moved,
    address_room,
    estate_name_key,
    element_key,
    case
        when lag(told_on) over ({{ of_one }}) is null then cast('1900-01-01' as date)
        else told_on
    end as holds_from,
    coalesce(lead(told_on) over ({{ of_one }}), cast('9999-12-31' as date)) as holds_until
from begun
where not is_same
