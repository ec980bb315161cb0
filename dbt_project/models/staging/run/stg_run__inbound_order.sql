select
    order_id,
    kind,
    committee_code,
    dwelling_id,
    due_date,
    received_at
from {{ source('run', 'inbound_order') }}
