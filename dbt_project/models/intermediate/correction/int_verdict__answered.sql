{{ config(materialized='table') }}

-- Every row that the street sent back, read against the task that it names and the field that it corrects: what it says
-- in our own codes, or why it cannot be used. A row that says word for word what an earlier one said is a repeat. A
-- correction without a field answers its task and changes nothing else.
with said as (
    select
        source_key,
        task_id,
        substr(task_id, 1, 25) as task_stem,
        substr(task_id, 27) as evidence_digest,
        verdict,
        nullif(trim(field), '') as field,
        nullif(trim(value), '') as value,
        checked_by,
        checked_at,
        _received_at as received_at,
        _sequence as sequence,
        _file as file,
        _line as line,
        row_number() over (
            partition by
                task_id, verdict, coalesce(field, ''), coalesce(value, ''), coalesce(checked_by, ''), checked_at
            order by _sequence, _line, source_key
        ) > 1 as is_repeated
    from {{ ref('stg_feedback__verdict') }}
    where is_live
),

known as (
    select
        said.source_key,
        said.task_id,
        said.evidence_digest,
        said.verdict,
        said.field,
        said.value,
        said.checked_by,
        said.checked_at,
        said.received_at,
        said.sequence,
        said.file,
        said.line,
        said.is_repeated,
        possible.kind,
        possible.subject,
        possible.subject_id,
        field.field_code,
        field.form,
        case
            when field.form = 'code' then option.value_code
            when
                field.form = 'name' and length(said.value) between 2 and 40
                and translate(said.value, '0123456789', '') = said.value
                then said.value
            when
                field.form = 'phone' and length(said.value) = 11 and substr(said.value, 1, 1) = '1'
                and try_cast(said.value as bigint) is not null
                then said.value
            when
                field.form = 'date' and length(said.value) in (10, 19)
                and try_cast(substr(said.value, 1, 10) as date)
                between cast('1900-01-01' as date) and {{ as_of_date() }}
                then cast(try_cast(substr(said.value, 1, 10) as date) as varchar)
            when field.form = 'number' and try_cast(said.value as decimal(9, 2)) between 1 and 100000
                then cast(try_cast(said.value as decimal(9, 2)) as varchar)
        end as corrected
    from said
    left join {{ ref('int_task__conceivable') }} as possible
        on said.task_stem = possible.task_stem and length(said.task_id) = 34
    left join {{ ref('correctable_field') }} as field
        on
            possible.subject = field.subject
            and said.verdict = 'corrected'
            and said.field in (field.field_code, field.label_zh)
    left join {{ ref('correctable_value') }} as option
        on field.field_code = option.field_code and said.value in (option.value_code, option.label_zh)
)

select
    source_key,
    task_id,
    kind,
    subject,
    subject_id,
    evidence_digest,
    verdict,
    field,
    value,
    field_code,
    form,
    corrected,
    checked_by,
    checked_at,
    received_at,
    sequence,
    file,
    line,
    is_repeated,
    case
        when task_id = 'recalled' then 'recalled'
        when kind is null then 'foreign'
        when checked_at > greatest(received_at, {{ shanghai_midnight(as_of_date()) }}) + interval '1' day then 'future'
        when verdict <> 'corrected' then null
        when field is null and value is not null then 'field_missing'
        when field is not null and field_code is null then 'field_unknown'
        when field_code is not null and corrected is null then 'value_unusable'
    end as refusal
from known
