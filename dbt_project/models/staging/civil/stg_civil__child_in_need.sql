{{ latest_state(source('civil', 'children_in_need')) }}

select
    source_key,
    source_updated_at,
    is_live,
    {{ person_columns() }},
    guardian_name,
    guardian_id_number,
    category,
    {{ address_columns("address") }},
    {{ origin_columns() }}
from latest
