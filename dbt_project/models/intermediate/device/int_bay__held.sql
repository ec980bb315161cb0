-- How long each parking bay stayed as it said, each message once; of the last var parking_hour_days days. What a bay
-- said holds until it says otherwise, or until its sensor was heard last.
with said as (
    select
        device_id,
        message_id,
        min(event_code) as event_code,
        min(happened_at) as begins_at
    from {{ ref('stg_device__movement') }}
    where
        event_code in ('OCCUPIED', 'FREE')
        and received_at >= {{ shanghai_midnight(as_of_date()) }} - interval '{{ var("parking_hour_days") }}' day
    group by device_id, message_id
),

bay as (
    select
        device_id,
        estate_id,
        last_seen_at
    from {{ ref('device') }}
    where type = 'parking' and estate_id is not null
)

select
    said.device_id,
    bay.estate_id,
    said.begins_at,
    coalesce(
        lead(said.begins_at) over (partition by said.device_id order by said.begins_at, said.message_id),
        bay.last_seen_at
    ) as ends_at,
    said.event_code = 'OCCUPIED' as is_occupied,
    coalesce(
        lag(said.event_code) over (partition by said.device_id order by said.begins_at, said.message_id), ''
    ) <> said.event_code as is_change
from said
inner join bay on said.device_id = bay.device_id
