-- Heartbeats and seconds that were due per device and day: only for days that the feed covers, only while in service,
-- and on the newest day only up to the end of the newest hour that was received.
with served as (
    select * from {{ ref('int_device__served') }}
),

feed as (
    select * from {{ ref('int_telemetry__bounded') }}
),

calendar as (
    select
        cast(listed.day as date) as day,
        least(
            86400,
            {{ seconds_between(shanghai_midnight('listed.day'), 'feed.horizon_at') }}
        ) as due_seconds
    from feed
    cross join unnest(generate_series(feed.first_day, feed.last_day, interval 1 day)) as listed (day)
)

select
    served.device_id,
    calendar.day,
    cast(floor(calendar.due_seconds / served.heartbeat_seconds) as bigint) as due_heartbeats,
    cast(calendar.due_seconds as bigint) as due_seconds,
    served.heartbeat_seconds,
    -- When the device was last due to be heard: a day's end, or that of the newest hour.
    {{ shanghai_midnight('calendar.day') }} + calendar.due_seconds * interval '1' second as last_due_at,
    served.heartbeat_seconds * served.grace_factor as grace_seconds
from served
inner join calendar
    on
        (served.installed_date is null or served.installed_date <= calendar.day)
        and (served.retired_date is null or served.retired_date > calendar.day)
where served.heartbeat_seconds > 0
