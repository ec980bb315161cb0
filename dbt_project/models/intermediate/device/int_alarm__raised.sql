{{ config(materialized='table') }}

-- One row an alarm message with its place, the one of its kind before it there, and the incident that it belongs to. A
-- place is the dwelling, else the building, where the device hung that day, else the device. Alarms of one place, of
-- whatever kind, that follow one another within var incident_minutes are one incident, named by its first alarm.
with message as (
    select
        event.message_id,
        -- Two devices that number their messages alike must not hide each other's alarms.
        case
            when count(*) over (partition by event.message_id) > 1 then event.message_id || '@' || event.device_id
            else event.message_id
        end as alarm_id,
        event.device_id,
        event.event_code,
        event.happened_at,
        event.received_at,
        stood.dwelling_id,
        stood.building_id,
        stood.estate_id,
        stood.committee_code,
        coalesce(stood.dwelling_id, stood.building_id, event.device_id) as place_id
    from {{ ref('int_event__deduplicated') }} as event
    inner join {{ ref('alarm_sla') }} as sla on event.event_code = sla.code
    left join {{ ref('int_device__stood') }} as stood
        on event.device_id = stood.device_id and event.day >= stood.holds_from and event.day < stood.holds_until
),

compared as (
    select
        message_id,
        alarm_id,
        device_id,
        event_code,
        happened_at,
        received_at,
        dwelling_id,
        building_id,
        estate_id,
        committee_code,
        place_id,
        lag(happened_at) over (partition by place_id, event_code order by happened_at, alarm_id) as previous_at,
        case
            when
                {{ seconds_between(
                    'lag(happened_at) over (partition by place_id order by happened_at, alarm_id)', 'happened_at'
                ) }} <= {{ var('incident_minutes') }} * 60 then 0
            else 1
        end as is_first
    from message
),

numbered as (
    select
        message_id,
        alarm_id,
        device_id,
        event_code,
        happened_at,
        received_at,
        dwelling_id,
        building_id,
        estate_id,
        committee_code,
        place_id,
        previous_at,
        sum(is_first) over (
            partition by place_id order by happened_at, alarm_id rows unbounded preceding
        ) as incident_no
    from compared
)

select
    message_id,
    alarm_id,
    device_id,
    event_code,
    happened_at,
    received_at,
    dwelling_id,
    building_id,
    estate_id,
    committee_code,
    previous_at,
    first_value(alarm_id) over (partition by place_id, incident_no order by happened_at, alarm_id) as incident_id
from numbered
