{{ retold_versions(
    source('civil', 'disability_certificates'), ref('stg_civil__disability_certificate'), ['certificate_status'],
) }}
