-- Every record of a person with the resident it belongs to, live or not.
select
    link.resident_id,
    record.source_system,
    record.source_entity,
    record.source_key,
    record.is_live,
    record.role,
    record.name,
    record.name_key,
    record.id_kind,
    record.id_number,
    record.birth_date,
    record.sex_code,
    record.mobile,
    record.phones,
    record.source_updated_at,
    link.linked_by,
    link.match_weight,
    cast(link.linked_at as timestamp) as linked_at
from {{ ref('int_person__record') }} as record
inner join {{ ref('stg_identity__resident_link') }} as link
    on
        {{ same_record('record', 'link') }}
