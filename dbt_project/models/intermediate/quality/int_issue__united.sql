{{ config(materialized='table') }}

-- Every known fault of the data in one form, before owner and meaning are added.
with flagged as (
    select
        dataset,
        split_part(dataset, '.', 1) as owner_system,
        source_key,
        rule,
        cast(null as varchar) as detail,
        received_at as first_seen_at,
        received_at as last_seen_at,
        is_live as is_open
    from {{ ref('int_issue__flagged') }}
),

batch as (
    select
        batch_id,
        source || '.' || entity as dataset,
        received_at
    from {{ ref('stg_run__source_batch') }}
),

rejected as (
    select
        issue.dataset,
        split_part(issue.dataset, '.', 1) as owner_system,
        issue.source_key,
        issue.rule,
        issue.detail,
        batch.received_at as first_seen_at,
        batch.received_at as last_seen_at,
        true as is_open
    from {{ ref('int_issue__rejected') }} as issue
    inner join batch on issue.batch_id = batch.batch_id and issue.dataset = batch.dataset
),

conflicting as (
    select
        dataset,
        owner_system,
        source_key,
        rule,
        detail,
        seen_at as first_seen_at,
        seen_at as last_seen_at,
        true as is_open
    from {{ ref('int_issue__conflicting') }}
),

orphaned as (
    select
        dataset,
        split_part(dataset, '.', 1) as owner_system,
        source_key,
        rule,
        detail,
        received_at as first_seen_at,
        received_at as last_seen_at,
        true as is_open
    from {{ ref('int_issue__orphaned') }}
),

refused as (
    select
        'feedback.verdict' as dataset,
        'feedback' as owner_system,
        source_key,
        'TASK-UNKNOWN' as rule,
        '核查任务编号不属于本街道：' || task_id as detail,
        received_at as first_seen_at,
        received_at as last_seen_at,
        true as is_open
    from {{ ref('int_verdict__checked') }}
    where is_refused
)

{% for part in ['flagged', 'rejected', 'conflicting', 'orphaned', 'refused'] -%}
select * from {{ part }}
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
