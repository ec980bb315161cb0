-- What is true of a record but no fault of anybody's (severity note) is no issue.
with issue as (
    select * from {{ ref('int_issue__united') }}
),

rule as (
    {% for catalogue in ['quality_rule', 'record_rule'] %}
        select
            rule,
            name_zh,
            dimension,
            severity
        from {{ ref(catalogue) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

family as (
    select * from {{ ref('rule_family') }}
),

owner as (
    select * from {{ ref('source_owner') }}
),

settled as (
    select
        dataset,
        source_key,
        rule,
        max(owner_system) as owner_system,
        max(detail) as detail,
        min(seen_at) as first_seen,
        max(seen_at) as last_seen,
        max(case when is_open then 1 else 0 end) as open_count
    from issue
    group by dataset, source_key, rule
)

select
    'issue-' || substr(md5(settled.dataset || '|' || settled.source_key || '|' || settled.rule), 1, 20) as issue_id,
    settled.dataset,
    settled.source_key as key,
    settled.rule,
    coalesce(rule.name_zh, family.name_zh, settled.rule) as rule_name,
    coalesce(rule.dimension, family.dimension, '规范性') as dimension,
    coalesce(rule.severity, family.severity, 'warning') as severity,
    coalesce(settled.detail, rule.name_zh, family.name_zh) as detail_masked,
    owner.owner_zh as owner_department,
    settled.first_seen,
    settled.last_seen,
    case when settled.open_count > 0 then 'open' else 'closed' end as state
from settled
left join rule on settled.rule = rule.rule
left join family on split_part(settled.rule, '-', 1) = family.family
left join owner on settled.owner_system = owner.source_system
where coalesce(rule.severity, family.severity, 'warning') <> 'note'
