{{ latest_state(source('civil', 'disability_certificates')) }}

select
    source_key,
    source_updated_at,
    is_live,
    {{ person_columns() }},
    disability_kind_code,
    disability_grade_code,
    issued_date,
    certificate_status,
    {{ address_columns("address") }},
    {{ origin_columns() }}
from latest
