-- Claims of one resident, tag and source that may overlap, turned into periods that do not: every day belongs to the
-- record that began last, and neighbouring days of the same value are one period.
{% set same_tag = "partition by resident_id, tag_code, source_system order by day" %}
with claim as (
    select * from {{ ref('int_tag__claimed') }} where claim_count > 1
),

-- Days on which another record may begin to count.
edge as (
    select
        resident_id,
        tag_code,
        source_system,
        valid_from as day
    from claim
    union distinct
    select
        resident_id,
        tag_code,
        source_system,
        valid_to + 1 as day
    from claim
    where valid_to is not null
),

stretch as (
    select
        resident_id,
        tag_code,
        source_system,
        day,
        lead(day) over ({{ same_tag }}) - 1 as last_day
    from edge
),

covered as (
    select
        claim.resident_id,
        claim.tag_code,
        claim.source_system,
        stretch.day,
        stretch.last_day,
        claim.tag_value,
        claim.dated_by,
        claim.source_entity,
        claim.source_key,
        claim.rule,
        row_number() over (
            partition by claim.resident_id, claim.tag_code, claim.source_system, stretch.day
            order by claim.valid_from desc, claim.source_key desc, claim.rule asc
        ) as choice
    from stretch
    inner join claim
        on
            stretch.resident_id = claim.resident_id
            and stretch.tag_code = claim.tag_code
            and stretch.source_system = claim.source_system
            and stretch.day >= claim.valid_from
            and (claim.valid_to is null or stretch.day <= claim.valid_to)
),

compared as (
    select
        resident_id,
        tag_code,
        source_system,
        day,
        last_day,
        tag_value,
        dated_by,
        source_entity,
        source_key,
        rule,
        lag(last_day) over ({{ same_tag }}) + 1 = day
        and coalesce(lag(tag_value) over ({{ same_tag }}), '') = coalesce(tag_value, '') as is_same
    from covered
    where choice = 1
),

numbered as (
    select
        resident_id,
        tag_code,
        source_system,
        day,
        last_day,
        tag_value,
        dated_by,
        source_entity,
        source_key,
        rule,
        sum(case when is_same then 0 else 1 end) over ({{ same_tag }} rows unbounded preceding) as period_no
    from compared
)

select
    resident_id,
    tag_code,
    max(tag_value) as tag_value,
    min(day) as valid_from,
    case when count(last_day) = count(*) then max(last_day) end as valid_to,
    max_by(dated_by, day) as dated_by,
    source_system,
    max_by(source_entity, day) as source_entity,
    max_by(source_key, day) as source_key,
    max_by(rule, day) as rule
from numbered
group by resident_id, tag_code, source_system, period_no
