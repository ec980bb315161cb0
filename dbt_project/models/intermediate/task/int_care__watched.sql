-- One row an elder living alone who agreed to be watched over, and each door sensor of their home that reports: one
-- that is silent itself says nothing.
select distinct
    consenting.resident_id,
    device.device_id,
    device.committee_code,
    device.installed_date
from {{ ref('int_care__consenting') }} as consenting
inner join {{ ref('resident_tag') }} as tag
    on consenting.resident_id = tag.resident_id and tag.tag_code = 'lone_elder' and tag.is_current
inner join {{ ref('int_residence__weighed') }} as residence
    on consenting.resident_id = residence.resident_id and residence.kind = 'lives' and residence.is_current
inner join {{ ref('device') }} as device
    on residence.dwelling_id = device.dwelling_id and device.type = 'door_sensor' and device.state = 'online'
