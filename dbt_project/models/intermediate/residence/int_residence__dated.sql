-- One row a stay: where somebody lived, or was registered, from when to when. At no date two of one kind: what holds
-- now goes before what has ended, what ended later before what ended earlier, and of a stay only the time before those
-- remains. What nothing remains of is told by `residence_claim` alone.
with stay as (
    select
        resident_id,
        dwelling_id,
        kind,
        coalesce(valid_from, valid_to, {{ as_of_date() }}) as valid_from,
        valid_to,
        is_current,
        evidence,
        confidence
    from {{ ref('int_residence__weighed') }}
),

followed as (
    select
        resident_id,
        dwelling_id,
        kind,
        valid_from,
        valid_to,
        is_current,
        evidence,
        confidence,
        min(valid_from) over (
            partition by resident_id, kind
            order by
                case when is_current then 0 else 1 end asc, valid_to desc, confidence desc, valid_from desc,
                dwelling_id asc
            rows between unbounded preceding and 1 preceding
        ) as followed_on
    from stay
)

select
    resident_id,
    dwelling_id,
    kind,
    valid_from,
    least(valid_to, {{ day_before('followed_on') }}) as valid_to,
    is_current,
    evidence,
    confidence
from followed
where is_current or followed_on is null or valid_from < followed_on
