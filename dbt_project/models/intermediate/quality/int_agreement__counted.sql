-- This week's agreement: for every two source systems, attribute and committee, of how many active residents both say
-- the same, of how many they say different things, and of how many only one of them says it. Where a source says two
-- things of one person, one that the other says too is enough.
with resident as (
    select
        resident_id,
        coalesce(committee_code, 'none') as committee_code
    from {{ ref('resident') }}
    where status = 'active'
),

told as (
    select
        value.resident_id,
        value.attribute,
        value.source_system,
        value.compared,
        resident.committee_code
    from {{ ref('int_agreement__told') }} as value
    inner join resident on value.resident_id = resident.resident_id
),

teller as (
    select
        committee_code,
        attribute,
        source_system,
        count(distinct resident_id) as resident_count
    from told
    group by committee_code, attribute, source_system
),

compared as (
    select
        one.resident_id,
        one.committee_code,
        one.attribute,
        one.source_system as left_system,
        other.source_system as right_system,
        max(case when one.compared = other.compared then 1 else 0 end) as is_matched
    from told as one
    inner join told as other
        on
            one.resident_id = other.resident_id and one.attribute = other.attribute
            and one.source_system < other.source_system
    group by one.resident_id, one.committee_code, one.attribute, one.source_system, other.source_system
),

both_tell as (
    select
        committee_code,
        attribute,
        left_system,
        right_system,
        sum(is_matched) as matched_count,
        count(*) as told_count
    from compared
    group by committee_code, attribute, left_system, right_system
),

area as (select distinct committee_code from teller),

system as (
    select distinct
        attribute,
        source_system
    from teller
),

pair as (
    select
        area.committee_code,
        one.attribute,
        one.source_system as left_system,
        other.source_system as right_system
    from area
    cross join system as one
    inner join system as other on one.attribute = other.attribute and one.source_system < other.source_system
)

select
    cast(date_trunc('week', {{ as_of_date() }}) as date) as week_start,
    pair.committee_code,
    pair.left_system,
    pair.right_system,
    pair.attribute,
    cast(coalesce(both_tell.matched_count, 0) as bigint) as matched_count,
    cast(coalesce(both_tell.told_count - both_tell.matched_count, 0) as bigint) as conflicting_count,
    cast(coalesce(left_teller.resident_count, 0) - coalesce(both_tell.told_count, 0) as bigint) as left_only_count,
    cast(coalesce(right_teller.resident_count, 0) - coalesce(both_tell.told_count, 0) as bigint) as right_only_count
from pair
left join both_tell
    on
        pair.committee_code = both_tell.committee_code and pair.attribute = both_tell.attribute
        and pair.left_system = both_tell.left_system and pair.right_system = both_tell.right_system
left join teller as left_teller
    on
        pair.committee_code = left_teller.committee_code and pair.attribute = left_teller.attribute
        and pair.left_system = left_teller.source_system
left join teller as right_teller
    on
        pair.committee_code = right_teller.committee_code and pair.attribute = right_teller.attribute
        and pair.right_system = right_teller.source_system
where both_tell.told_count > 0 or left_teller.resident_count > 0 or right_teller.resident_count > 0
