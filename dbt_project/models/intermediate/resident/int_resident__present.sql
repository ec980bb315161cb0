-- One row a reason to count a resident here, with its days: a stay, what the police registered wherever that is, and
-- for whoever is known today the day from which on we know it. Nothing goes on after the police have let a person go.
with told as (
    select
        resident_id,
        kind,
        dwelling_id,
        valid_from,
        valid_to
    from {{ ref('int_residence__dated') }}
    union all
    select
        resident_id,
        'police_' || source_code as kind,
        cast(null as varchar) as dwelling_id,
        valid_from,
        valid_to
    from {{ ref('int_resident__stated') }}
    where source_entity = 'SYRK' and source_code in ('1', '2', '3', '4') and valid_from is not null
    union all
    select
        resident_id,
        'known' as kind,
        cast(null as varchar) as dwelling_id,
        least(valid_from, {{ as_of_date() }}) as valid_from,
        cast(null as date) as valid_to
    from {{ ref('resident') }}
    where status = 'active' and resident_category is not null
),

ended as (
    select
        told.resident_id,
        told.kind,
        told.dwelling_id,
        told.valid_from,
        case
            when status.status = 'active' then told.valid_to
            else coalesce(least(told.valid_to, registered.cancelled_on), {{ as_of_date() }})
        end as valid_to
    from told
    inner join {{ ref('int_resident__status') }} as status on told.resident_id = status.resident_id
    left join {{ ref('int_resident__registered') }} as registered on told.resident_id = registered.resident_id
)

select
    resident_id,
    kind,
    dwelling_id,
    valid_from,
    valid_to,
    case when kind in ('lives', 'police_1', 'police_2', 'police_3') then 1 else 0 end as is_living,
    case when kind in ('registered', 'police_1', 'police_4') then 1 else 0 end as is_registered,
    case when kind = 'police_3' then 1 else 0 end as is_from_abroad
from ended
where valid_from <= {{ as_of_date() }} and (valid_to is null or valid_to >= valid_from)
