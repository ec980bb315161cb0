-- Who is inside: for every unresolved alarm of a kind that calls people out of the house (seed alarm_sla), who needs
-- help getting out of its dwelling and of those around it. Around are the dwellings of its building: on the same floor
-- and those beside it first, of another unit or floor after them. An alarm of a stairwell names all of its building.
with alarm as (
    select
        alarm.alarm_id,
        alarm.incident_id,
        alarm.code,
        alarm.raised_at,
        alarm.dwelling_id,
        alarm.building_id,
        home.unit,
        cast(nullif(regexp_extract(home.room, '^([0-9]{1,2})[0-9]{2}$', 1), '') as integer) as floor
    from {{ ref('alarm') }} as alarm
    inner join {{ ref('alarm_sla') }} as sla on alarm.code = sla.code
    left join {{ ref('dwelling') }} as home on alarm.dwelling_id = home.dwelling_id
    where sla.calls_out and alarm.closed_at is null and coalesce(alarm.outcome, 'REAL') = 'REAL'
),

need as (
    select * from {{ ref('evacuation_need') }}
)

select
    alarm.alarm_id,
    need.resident_id,
    alarm.incident_id,
    alarm.code,
    alarm.raised_at,
    need.dwelling_id,
    need.building_id,
    need.estate_id,
    need.committee_code,
    need.street_code,
    case
        when alarm.dwelling_id = need.dwelling_id then 'inside'
        when alarm.dwelling_id is null then 'building'
        when coalesce(alarm.unit, '') = coalesce(need.unit, '') and abs(alarm.floor - need.floor) <= 1 then 'beside'
        else 'building'
    end as nearness,
    need.unit,
    need.room,
    need.floor,
    need.has_lift,
    need.need,
    need.priority,
    need.helper_count
from alarm
inner join need on alarm.building_id = need.building_id or alarm.dwelling_id = need.dwelling_id
