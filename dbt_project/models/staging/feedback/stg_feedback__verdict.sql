{{ latest_state(source('feedback', 'verdict')) }}

select
    source_key,
    source_updated_at,
    is_live,
    task_id,
    verdict,
    field,
    value,
    checked_by,
    checked_at,
    {{ origin_columns() }}
from latest
