{{ latest_state(source('property', 'lease')) }}

select
    source_key,
    source_updated_at,
    is_live,
    house_source_key,
    {{ person_columns() }},
    headcount,
    start_date,
    end_date,
    {{ origin_columns() }}
from latest
