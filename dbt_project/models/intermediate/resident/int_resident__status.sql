-- One row a resident: deceased by a police cancellation, moved out when the police let everybody go and nothing newer
-- says living, else active. A resident whose records are all gone has moved out.
-- What a visit found goes before all of it.
with link as (select * from {{ ref('stg_identity__resident_link') }}),

counted as (
    select
        resident_id,
        min(cast(linked_at as timestamp)) as first_linked_at
    from link
    group by resident_id
),

record as (
    select
        resident_id,
        count(*) as record_count,
        count(distinct source_system) as source_count
    from {{ ref('int_resident__record') }}
    where is_live
    group by resident_id
),

living as (
    select
        resident_id,
        max(observed_on) as observed_on
    from {{ ref('int_residence__claim') }}
    where kind = 'lives' and not is_ended
    group by resident_id
)

select
    counted.resident_id,
    counted.first_linked_at,
    coalesce(record.record_count, 0) as record_count,
    coalesce(record.source_count, 0) as source_count,
    case
        when visited.value is not null then visited.value
        when registered.is_dead = 1 then 'deceased'
        when record.resident_id is null then 'moved_out'
        when
            registered.has_left = 1 and registered.standing_count = 0
            and (living.observed_on is null or living.observed_on <= registered.cancelled_on)
            then 'moved_out'
        else 'active'
    end as status
from counted
left join record on counted.resident_id = record.resident_id
left join {{ ref('int_resident__registered') }} as registered on counted.resident_id = registered.resident_id
left join living on counted.resident_id = living.resident_id
left join {{ ref('int_correction__made') }} as visited
    on visited.subject = 'resident' and visited.field_code = 'status' and counted.resident_id = visited.subject_id
