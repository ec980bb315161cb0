{{ retold_versions(source('device', 'register'), ref('stg_device__register'), ['device_type', 'installed_date']) }}
