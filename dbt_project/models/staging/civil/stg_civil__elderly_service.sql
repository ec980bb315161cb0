{{ latest_state(source('civil', 'elderly_services')) }}

select
    source_key,
    source_updated_at,
    is_live,
    {{ person_columns() }},
    living_status,
    care_level,
    services,
    emergency_contact_name,
    emergency_contact_mobile,
    has_monitoring_consent,
    {{ address_columns("address") }},
    {{ origin_columns() }}
from latest
