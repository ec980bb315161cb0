-- Verdicts on tasks that were never this street's.
with verdict as (
    select
        source_key,
        received_at
    from {{ ref('int_verdict__checked') }}
    where refusal = 'foreign'
)

select
    'feedback.verdict' as dataset,
    'feedback' as owner_system,
    source_key,
    'TASK-UNKNOWN' as rule,
    '核查任务编号不属于本街道' as detail,
    received_at as seen_at,
    true as is_open
from verdict
