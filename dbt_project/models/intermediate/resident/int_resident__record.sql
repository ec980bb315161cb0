-- Every record of a person with the resident it belongs to, live or not.
select
    link.resident_id,
    record.*,
    link.linked_by,
    link.match_weight,
    link.linked_at
from {{ ref('int_person__record') }} as record
inner join {{ ref('stg_identity__resident_link') }} as link
    on
        record.source_system = link.source_system
        and record.source_entity = link.source_entity
        and record.source_key = link.source_key
