{{ latest_state(source('police', 'syrk'), has_snapshots=true) }}

select
    source_key,
    source_updated_at,
    is_live,
    {{ person_columns() }},
    former_name,
    former_name_key,
    {{ address_columns("hukou") }},
    hukou_division_code,
    {{ address_columns("address") }},
    standard_address_code,
    category_code,
    household_no,
    relation_code,
    registered_date,
    coalesce(is_cancelled, false) as is_cancelled,
    cancel_reason_code,
    {{ origin_columns() }}
from latest
