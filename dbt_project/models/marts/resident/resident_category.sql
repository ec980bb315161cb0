-- The days of each resident parted wherever a reason begins or ends; what stays the same over neighbouring stretches is
-- one period. Today's category is that of `resident`, so that both tell the same.
{% set of_one = "partition by resident_id order by day" %}
with edge as (
    select
        resident_id,
        valid_from as day
    from {{ ref('int_resident__present') }}
    union distinct
    select
        resident_id,
        valid_to + 1 as day
    from {{ ref('int_resident__present') }}
    where valid_to is not null
),

stretch as (
    select
        resident_id,
        day,
        lead(day) over ({{ of_one }}) - 1 as last_day
    from edge
    where day <= {{ as_of_date() }}
),

held as (
    select
        stretch.resident_id,
        stretch.day,
        stretch.last_day,
        max(present.is_living) as is_living,
        max(present.is_registered) as is_registered,
        max(present.is_from_abroad) as is_from_abroad,
        max(case when present.kind = 'lives' then present.dwelling_id end) as dwelling_id,
        max(case when present.kind = 'registered' then present.dwelling_id end) as registered_dwelling_id
    from stretch
    inner join {{ ref('int_resident__present') }} as present
        on
            stretch.resident_id = present.resident_id
            and stretch.day >= present.valid_from
            and (present.valid_to is null or stretch.day <= present.valid_to)
    group by stretch.resident_id, stretch.day, stretch.last_day
),

judged as (
    select
        held.resident_id,
        held.day,
        held.last_day,
        held.dwelling_id,
        held.registered_dwelling_id,
        resident.status = 'active' and held.last_day is null as is_current,
        case
            when resident.status = 'active' and held.last_day is null then resident.resident_category
            when held.is_from_abroad = 1 or (held.is_living = 1 and resident.resident_category = 'abroad') then 'abroad'
            when held.is_living = 1 and held.is_registered = 1 then 'registered_and_living'
            when held.is_registered = 1 then 'registered_living_elsewhere'
            when held.is_living = 1 then 'registered_elsewhere_living'
        end as resident_category
    from held
    inner join {{ ref('resident') }} as resident on held.resident_id = resident.resident_id
),

compared as (
    select
        resident_id,
        day,
        last_day,
        resident_category,
        dwelling_id,
        registered_dwelling_id,
        is_current,
        lag(last_day) over ({{ of_one }}) + 1 = day
        and lag(resident_category) over ({{ of_one }}) = resident_category
        and coalesce(lag(dwelling_id) over ({{ of_one }}), '') = coalesce(dwelling_id, '')
        and coalesce(lag(registered_dwelling_id) over ({{ of_one }}), '') = coalesce(registered_dwelling_id, '')
            as is_same
    from judged
    where resident_category is not null
),

numbered as (
    select
        resident_id,
        day,
        last_day,
        resident_category,
        dwelling_id,
        registered_dwelling_id,
        is_current,
        sum(case when is_same then 0 else 1 end) over ({{ of_one }} rows unbounded preceding) as period_no
    from compared
)

select
    resident_id,
    resident_category,
    dwelling_id,
    registered_dwelling_id,
    min(day) as valid_from,
    case
        when count(last_day) = count(*) then max(last_day)
        when max(case when is_current then 1 else 0 end) = 0 then {{ as_of_date() }}
    end as valid_to,
    max(case when is_current then 1 else 0 end) = 1 as is_current
from numbered
group by resident_id, period_no, resident_category, dwelling_id, registered_dwelling_id
