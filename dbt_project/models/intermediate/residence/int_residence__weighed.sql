-- One row a resident, dwelling and kind. Standing claims add up as independent evidence, each fading with its age by
-- the seed, in steps (var fading_steps): on a day on which nobody said anything few rows change. The strongest (of
-- equals the one said last) is where the person lives (is registered) now. All others end with the last day on which a
-- source said so, and nothing goes on after the police have let a person go.
with claim as (
    select
        resident_id,
        dwelling_id,
        kind,
        source_system,
        source_system || '.' || source_entity as source,
        valid_from,
        valid_to,
        observed_on,
        is_ended,
        case
            when is_ended then weight
            else weight * power(
                0.5,
                floor(
                    greatest({{ days_between('coalesce(observed_on, ' ~ as_of_date() ~ ')', as_of_date()) }}, 0) * 1.0
                    * {{ var('fading_steps') }} / half_life_days
                ) / {{ var('fading_steps') }}
            )
        end as strength
    from {{ ref('int_residence__claim') }}
),

-- Who is registered here but lives elsewhere, as the police say, does not live at the hukou address because a list
-- repeats it.
absent as (
    select distinct
        registered.resident_id,
        claim.dwelling_id
    from {{ ref('int_resident__registered') }} as registered
    inner join claim on registered.resident_id = claim.resident_id and claim.kind = 'registered'
    where registered.is_elsewhere = 1 and registered.is_present = 0
),

weighed as (
    select
        claim.resident_id,
        claim.dwelling_id,
        claim.kind,
        min(coalesce(claim.valid_from, claim.observed_on)) as valid_from,
        max(coalesce(claim.valid_to, claim.observed_on)) as last_said_on,
        max(claim.observed_on) as observed_on,
        max(case when claim.is_ended then 0 else 1 end) as is_standing,
        {{ joined_values("claim.source") }} as evidence,
        sum(case when claim.is_ended then 0.0 else ln(1.0 - claim.strength) end) as standing_doubt,
        sum(ln(1.0 - claim.strength)) as whole_doubt
    from claim
    left join absent on claim.resident_id = absent.resident_id and claim.dwelling_id = absent.dwelling_id
    where absent.resident_id is null or claim.kind = 'registered' or claim.source_system in ('police', 'property')
    group by claim.resident_id, claim.dwelling_id, claim.kind
),

believed as (
    select
        resident_id,
        dwelling_id,
        kind,
        valid_from,
        last_said_on,
        observed_on,
        is_standing,
        evidence,
        round(1.0 - exp(case when is_standing = 1 then standing_doubt else whole_doubt end), 4) as confidence
    from weighed
),

judged as (
    select
        weighed.resident_id,
        weighed.dwelling_id,
        weighed.kind,
        weighed.valid_from,
        weighed.last_said_on,
        weighed.evidence,
        weighed.confidence,
        case when status.status <> 'active' then registered.cancelled_on end as cancelled_on,
        weighed.is_standing = 1
        and status.status = 'active'
        and row_number() over (
            partition by weighed.resident_id, weighed.kind
            order by
                weighed.is_standing desc, weighed.confidence desc, weighed.observed_on desc nulls last,
                weighed.dwelling_id asc
        ) = 1 as is_current
    from believed as weighed
    inner join {{ ref('int_resident__status') }} as status on weighed.resident_id = status.resident_id
    left join {{ ref('int_resident__registered') }} as registered on weighed.resident_id = registered.resident_id
)

select
    resident_id,
    dwelling_id,
    kind,
    valid_from,
    case
        when not is_current then greatest(least(last_said_on, cancelled_on, {{ as_of_date() }}), valid_from)
    end as valid_to,
    is_current,
    evidence,
    confidence
from judged
