{{ latest_state(source('property', 'owner')) }}

select
    source_key,
    source_updated_at,
    is_live,
    house_source_key,
    {{ person_columns() }},
    share_pct,
    start_date,
    end_date,
    {{ origin_columns() }}
from latest
