-- Members follow the version of their case that won: those of the same batch and line.
with member as (select * from {{ source('civil', 'assistance_cases__member') }}),

assistance_case as (select * from {{ ref('stg_civil__assistance_case') }})

select
    member.source_key,
    member.source_updated_at,
    assistance_case.is_live,
    member.case_source_key,
    member.position,
    {{ person_columns('member') }},
    member.relation,
    member.is_head,
    {{ origin_columns('member') }}
from member
inner join assistance_case
    on
        member.case_source_key = assistance_case.source_key
        and member._batch_id = assistance_case._batch_id
        and member._line = assistance_case._line
