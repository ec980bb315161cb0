{{ retold_versions(source('civil', 'elderly_services'), ref('stg_civil__elderly_service'), ['living_status']) }}
