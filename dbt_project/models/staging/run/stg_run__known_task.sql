select
    task_id,
    subject_id,
    committee_code,
    estate_id,
    needs_consent,
    raised_date
from {{ source('run', 'known_task') }}
