-- One row a child's guardian or an elder's emergency contact that a record names: the resident who bears the number, or
-- the name and the phone, if only one does.
with numbered as (
    select
        id_number,
        min(resident_id) as resident_id
    from {{ ref('int_resident__plain') }}
    where id_number is not null
    group by id_number
    having count(*) = 1
),

called as (
    select
        name,
        mobile,
        min(resident_id) as resident_id
    from {{ ref('int_resident__plain') }}
    where name is not null and mobile is not null
    group by name, mobile
    having count(*) = 1
),

cared as (
    select
        {{ record_origin('civil', 'children-in-need') }},
        child.source_key,
        'guardian' as kind,
        numbered.resident_id as relative_resident_id
    from {{ ref('stg_civil__child_in_need') }} as child
    left join numbered on child.guardian_id_number = numbered.id_number
    where child.is_live and (child.guardian_name is not null or child.guardian_id_number is not null)
    union all
    select
        {{ record_origin('civil', 'elderly-services') }},
        elder.source_key,
        'emergency_contact' as kind,
        called.resident_id as relative_resident_id
    from {{ ref('stg_civil__elderly_service') }} as elder
    left join called
        on elder.emergency_contact_name = called.name and elder.emergency_contact_mobile = called.mobile
    where elder.is_live and (elder.emergency_contact_name is not null or elder.emergency_contact_mobile is not null)
)

select
    record.resident_id,
    nullif(cared.relative_resident_id, record.resident_id) as relative_resident_id,
    cared.kind,
    cared.source_system,
    cared.source_entity,
    cared.source_key
from cared
inner join {{ ref('int_resident__record') }} as record
    on
        {{ same_record('cared', 'record') }}
