-- What the register said of each device and where it hung, from when to when.
select
    device_id,
    valid_from,
    valid_to,
    is_current,
    type,
    status,
    heartbeat_seconds,
    is_moved,
    dwelling_id,
    building_id,
    estate_id
from {{ ref('int_device__stood') }}
where valid_from is not null
