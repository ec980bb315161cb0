-- What is true of a record but no fault of anybody's (severity note) is no issue.
with issue as (
    select * from {{ ref('int_issue__lived') }}
),

rule as (
    {% for catalogue in ['quality_rule', 'record_rule'] %}
        select
            rule,
            name_zh,
            name_en,
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
)

select
    'issue-' || substr(md5(issue.dataset || '|' || issue.source_key || '|' || issue.rule), 1, 20) as issue_id,
    issue.dataset,
    issue.source_key as key,
    issue.rule,
    coalesce(rule.name_zh, family.name_zh, issue.rule) as rule_name,
    coalesce(rule.name_en, family.name_en, issue.rule) as rule_name_en,
    coalesce(rule.dimension, family.dimension, '规范性') as dimension,
    coalesce(rule.severity, family.severity, 'warning') as severity,
    coalesce(issue.detail, rule.name_zh, family.name_zh) as detail_masked,
    owner.owner_zh as owner_department,
    issue.owner_system,
    issue.committee_code,
    issue.first_seen,
    issue.last_seen,
    issue.closed_at,
    case when issue.is_open then 'open' else 'closed' end as state
from issue
left join rule on issue.rule = rule.rule
left join family on split_part(issue.rule, '-', 1) = family.family
left join owner on issue.owner_system = owner.source_system
where coalesce(rule.severity, family.severity, 'warning') <> 'note'
