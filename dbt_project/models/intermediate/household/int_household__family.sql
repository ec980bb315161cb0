-- One row a member of a register's household or of a case, and what the person is to its head.
with member as (
    select
        'police' as source_system,
        'SYRK' as source_entity,
        syrk.source_key,
        syrk.household_no as group_key,
        relation.kind,
        relation.is_head
    from {{ ref('stg_police__syrk') }} as syrk
    inner join {{ ref('relation') }} as relation on substring(syrk.relation_code, 1, 1) = relation.relation_group
    where syrk.is_live and not syrk.is_cancelled and syrk.household_no is not null
    union all
    select
        'civil' as source_system,
        'assistance-cases' as source_entity,
        assisted.source_key,
        assisted.case_source_key as group_key,
        word.kind,
        coalesce(assisted.is_head, false) as is_head
    from {{ ref('stg_civil__assistance_case_member') }} as assisted
    left join {{ ref('relation_word') }} as word on assisted.relation = word.word
    where assisted.is_live
),

person as (
    select
        record.resident_id,
        member.source_system,
        member.source_entity,
        member.source_key,
        member.group_key,
        member.kind,
        member.is_head
    from member
    inner join {{ ref('int_resident__record') }} as record
        on
            {{ same_record('member', 'record') }}
),

-- A household has one head: of two people who are called so, neither is.
head as (
    select
        source_entity,
        group_key,
        min(resident_id) as resident_id
    from person
    where is_head
    group by source_entity, group_key
    having count(distinct resident_id) = 1
)

select
    person.resident_id,
    head.resident_id as relative_resident_id,
    person.kind,
    person.source_system,
    person.source_entity,
    person.source_key
from person
inner join head on person.source_entity = head.source_entity and person.group_key = head.group_key
where not person.is_head and person.kind is not null and person.resident_id <> head.resident_id
