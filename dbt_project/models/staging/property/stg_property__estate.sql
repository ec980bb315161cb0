{{ latest_state(source('property', 'estate')) }}

select
    source_key,
    source_updated_at,
    is_live,
    estate_name,
    estate_name_key,
    committee_code,
    {{ address_columns("address") }},
    property_company,
    built_year,
    longitude,
    latitude,
    {{ origin_columns() }}
from latest
