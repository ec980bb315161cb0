{{ latest_state(source('civil', 'assistance_cases')) }}

select
    source_key,
    source_updated_at,
    is_live,
    category,
    monthly_amount_yuan,
    mobile,
    phones,
    {{ address_columns("address") }},
    committee_code,
    start_date,
    end_date,
    {{ origin_columns() }}
from latest
