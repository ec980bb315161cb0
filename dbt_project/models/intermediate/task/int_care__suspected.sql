{% set window_start = shanghai_midnight(as_of_date()) ~ " - interval '" ~ var('care_rhythm_days') ~ "' day" %}
-- Who is watched over (int_care__watched) and whose door has not opened for longer than is usual with them: for var
-- care_quiet_hours at least, and for var care_rhythm_factor times the longest pause of their usual day (the median
-- over var care_rhythm_days); or never, though the sensor reports. An opening is known by its hour: the door has surely
-- been shut since its end. Nothing is kept but the last opening; without consent this row is gone with the next run.
with watched as (
    select
        resident_id,
        device_id,
        committee_code,
        installed_date
    from {{ ref('int_care__watched') }}
),

feed as (
    select
        first_received_at,
        last_received_at
    from {{ ref('int_telemetry__bounded') }}
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
        and passage.received_at >= {{ window_start }}
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
),

last_told as (
    select
        opening.resident_id,
        min(opening.committee_code) as committee_code,
        '门磁 ' || min(opening.device_id) || '，最近一次开门 '
        || substr(cast(max(opening.happened_at) + interval '{{ var("utc_offset_hours") }}' hour as varchar), 1, 13)
        || ' 时' as evidence,
        max({{ seconds_between('opening.happened_at', 'opening.last_received_at') }}) - 3600 as quiet_seconds,
        max(usual.usual_seconds) as usual_seconds
    from opening
    left join usual on opening.resident_id = usual.resident_id
    where opening.next_at is null
    group by opening.resident_id
),

-- No opening in all the days that are looked at: from when the sensor hung there and the feed spoke.
never_told as (
    select
        watched.resident_id,
        min(watched.committee_code) as committee_code,
        min(watched.device_id) as device_id,
        max(greatest(
            {{ window_start }},
            feed.first_received_at,
            coalesce({{ shanghai_midnight('watched.installed_date') }}, feed.first_received_at)
        )) as since_at,
        max(feed.last_received_at) as last_received_at
    from watched
    cross join feed
    left join opening on watched.resident_id = opening.resident_id
    where opening.resident_id is null
    group by watched.resident_id
),

told as (
    select
        resident_id,
        committee_code,
        evidence,
        quiet_seconds,
        usual_seconds
    from last_told
    union all
    select
        resident_id,
        committee_code,
        '门磁 ' || device_id || case
            when since_at > {{ window_start }} then '，自 ' || cast({{ shanghai_date('since_at') }} as varchar) || ' 起'
            else '，近 {{ var("care_rhythm_days") }} 天'
        end || '没有开门记录' as evidence,
        {{ seconds_between('since_at', 'last_received_at') }} as quiet_seconds,
        cast(null as double) as usual_seconds
    from never_told
)

select
    'care_no_opening' as kind,
    resident_id as subject_id,
    committee_code,
    evidence
from told
where
    quiet_seconds > greatest(
        {{ var('care_quiet_hours') }} * 3600, coalesce(usual_seconds, 0) * {{ var('care_rhythm_factor') }}
    )
