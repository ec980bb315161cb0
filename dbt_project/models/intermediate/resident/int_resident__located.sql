-- One row a resident: the committee that looks after the person, from the finest and firmest place known: where the
-- person lives, is registered, is said to be, or owns.
with dwelling as (
    select
        named.dwelling_id,
        placed.committee_code
    from {{ ref('int_dwelling__placed') }} as placed
    inner join {{ ref('int_dwelling__named') }} as named on placed.cluster = named.cluster
),

candidate as (
    select
        residence.resident_id,
        case when residence.kind = 'lives' then 1 else 2 end as priority,
        dwelling.committee_code
    from {{ ref('int_residence__weighed') }} as residence
    inner join dwelling on residence.dwelling_id = dwelling.dwelling_id
    where residence.is_current
    union all
    select
        record.resident_id,
        case when resolved.field = 'HJDZ' then 4 else 3 end as priority,
        coalesce(building.committee_code, estate.committee_code) as committee_code
    from {{ ref('int_resident__record') }} as record
    inner join {{ ref('int_address__resolved') }} as resolved
        on
            {{ same_record('record', 'resolved') }}
    left join {{ ref('int_building__placed') }} as building on resolved.building_cluster = building.cluster
    left join {{ ref('int_estate__named') }} as estate on resolved.estate_cluster = estate.cluster
    where record.is_live and resolved.grade <> 'none'
    union all
    select
        claim.resident_id,
        5 as priority,
        dwelling.committee_code
    from {{ ref('int_tenure__claimed') }} as claim
    inner join dwelling on claim.dwelling_id = dwelling.dwelling_id
),

ranked as (
    select
        resident_id,
        committee_code,
        row_number() over (partition by resident_id order by priority, committee_code) as choice
    from candidate
    where committee_code is not null
)

select
    ranked.resident_id,
    ranked.committee_code,
    committee.street_code
from ranked
left join {{ ref('int_committee__listed') }} as committee on ranked.committee_code = committee.committee_code
where ranked.choice = 1
