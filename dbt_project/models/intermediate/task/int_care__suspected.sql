-- Elders living alone who agreed to it, and whose door has not opened for longer than is usual with them: for var
-- care_quiet_hours at least, and for var care_rhythm_factor times the longest pause of their usual day (the median
-- over var care_rhythm_days). An opening is known by its hour: the door has surely been shut since its end. A sensor
-- that is silent itself says nothing. Of nobody else is an opening read, and of those who agreed none is kept but the
-- last one; without consent this row is gone with the next run.
with watched as (
    select distinct
        consenting.resident_id,
        device.device_id,
        device.committee_code
    from {{ ref('int_care__consenting') }} as consenting
    inner join {{ ref('resident_tag') }} as tag
        on consenting.resident_id = tag.resident_id and tag.tag_code = 'lone_elder' and tag.is_current
    inner join {{ ref('int_residence__weighed') }} as residence
        on consenting.resident_id = residence.resident_id and residence.kind = 'lives' and residence.is_current
    inner join {{ ref('device') }} as device
        on residence.dwelling_id = device.dwelling_id and device.type = 'door_sensor' and device.state = 'online'
),

feed as (
    select last_received_at from {{ ref('int_telemetry__bounded') }}
),

opening as (
    select
        watched.resident_id,
        watched.device_id,
        watched.committee_code,
        passage.happened_at,
        feed.last_received_at,
        lead(passage.happened_at) over (partition by watched.resident_id order by passage.happened_at) as next_at
    from {{ ref('stg_device__movement') }} as passage
    inner join watched on passage.device_id = watched.device_id
    cross join feed
    where
        passage.event_code = 'OPEN'
        and passage.received_at
        >= {{ shanghai_midnight(as_of_date()) }} - interval '{{ var("care_rhythm_days") }}' day
),

pause as (
    select
        resident_id,
        {{ shanghai_date('happened_at') }} as day,
        max({{ seconds_between('happened_at', 'next_at') }}) as longest_seconds
    from opening
    where next_at is not null
    group by resident_id, {{ shanghai_date('happened_at') }}
),

usual as (
    select
        resident_id,
        median(longest_seconds) as usual_seconds
    from pause
    group by resident_id
)

select
    'care_no_opening' as kind,
    opening.resident_id as subject_id,
    min(opening.committee_code) as committee_code,
    '门磁 ' || min(opening.device_id) || '，最近一次开门 '
    || substr(cast(max(opening.happened_at) + interval '{{ var("utc_offset_hours") }}' hour as varchar), 1, 13)
    || ' 时' as evidence
from opening
left join usual on opening.resident_id = usual.resident_id
where opening.next_at is null
group by opening.resident_id
having
    max({{ seconds_between('opening.happened_at', 'opening.last_received_at') }}) - 3600 > greatest(
        {{ var('care_quiet_hours') }} * 3600, coalesce(max(usual.usual_seconds), 0) * {{ var('care_rhythm_factor') }}
    )
