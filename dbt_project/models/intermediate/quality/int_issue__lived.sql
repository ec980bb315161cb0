-- One row an issue: what is found now, beside what earlier runs knew of it. What is no longer found was mended at its
-- source, and is closed by the first run that misses it; it is told for as long as var issue_kept_days says.
with found as (
    select
        dataset,
        source_key,
        rule,
        max(owner_system) as owner_system,
        max(detail) as detail,
        min(seen_at) as first_seen,
        max(seen_at) as last_seen,
        max(case when is_open then 1 else 0 end) = 1 as is_open
    from {{ ref('int_issue__united') }}
    group by dataset, source_key, rule
),

known as (
    select * from {{ ref('stg_run__known_issue') }}
),

lived as (
    select
        coalesce(found.dataset, known.dataset) as dataset,
        coalesce(found.source_key, known.source_key) as source_key,
        coalesce(found.rule, known.rule) as rule,
        coalesce(found.owner_system, known.owner_system) as owner_system,
        coalesce(found.detail, known.detail) as detail,
        located.committee_code as present_committee_code,
        known.committee_code as known_committee_code,
        coalesce(known.first_seen, found.first_seen, {{ run_moment() }}) as first_seen,
        case
            when found.is_open then coalesce(found.last_seen, known.first_seen, {{ run_moment() }})
            else coalesce(known.last_seen, found.last_seen, known.first_seen, {{ run_moment() }})
        end as last_seen,
        coalesce(found.is_open, false) as is_open,
        case
            when found.is_open then cast(null as timestamp)
            when known.closed_at is not null then known.closed_at
            when known.dataset is not null then {{ run_moment() }}
            else coalesce(found.last_seen, {{ run_moment() }})
        end as closed_at
    from found
    full join known
        on found.dataset = known.dataset and found.source_key = known.source_key and found.rule = known.rule
    left join {{ ref('int_record__located') }} as located
        on found.dataset = located.dataset and found.source_key = located.source_key
)

select
    dataset,
    source_key,
    rule,
    owner_system,
    detail,
    coalesce(present_committee_code, known_committee_code) as committee_code,
    case when first_seen > last_seen then last_seen else first_seen end as first_seen,
    last_seen,
    closed_at,
    is_open
from lived
where is_open or closed_at >= {{ run_moment() }} - interval '{{ var("issue_kept_days") }}' day
