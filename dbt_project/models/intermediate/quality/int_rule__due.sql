-- Which rules are due at which feed: those of cleaning by the columns at which they look, those of readers and models
-- by the seed. What is true of a record but no fault (severity note) is not due.
with meaning as (
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

scope as (
    select
        dataset,
        rule,
        column_name
    from {{ ref('stg_run__rule_scope') }}
    -- What cleaning notes on messages is counted by day and device (device_day), and not here.
    where rule is not null and dataset <> 'device.telemetry'
    union
    select
        dataset,
        rule,
        nullif(column_name, '') as column_name
    from {{ ref('record_rule_scope') }}
),

width as (
    select
        dataset,
        count(distinct column_name) as column_count
    from {{ ref('stg_run__rule_scope') }}
    group by dataset
)

select
    scope.dataset,
    scope.rule,
    meaning.name_zh,
    meaning.name_en,
    meaning.dimension,
    meaning.severity,
    {{ joined_values('scope.column_name', "';'") }} as column_names,
    max(width.column_count) as column_count
from scope
inner join meaning on scope.rule = meaning.rule
left join width on scope.dataset = width.dataset
where meaning.severity <> 'note'
group by scope.dataset, scope.rule, meaning.name_zh, meaning.name_en, meaning.dimension, meaning.severity
