-- Members follow the version of their case that won: those of the same batch and line.
with member as (select * from {{ source('civil', 'assistance_cases__member') }}),

assistance_case as (select * from {{ ref('stg_civil__assistance_case') }}),

numbered as (
    select
        member.*,
        assistance_case.is_live,
        row_number() over (partition by member.source_key order by member._sequence desc) as copy_number
    from member
    inner join assistance_case
        on
            member.case_source_key = assistance_case.source_key
            and member._batch_id = assistance_case._batch_id
            and member._line = assistance_case._line
)

select
    source_key,
    source_updated_at,
    is_live,
    case_source_key,
    position,
    {{ person_columns() }},
    relation,
    is_head,
    {{ origin_columns() }}
from numbered
where copy_number = 1
