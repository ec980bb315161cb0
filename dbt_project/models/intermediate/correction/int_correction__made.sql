-- One row a person or dwelling and field that a visit put right: the newest visit has the last word. What is seen on
-- the spot outranks what a list says (seed survivorship_rule), until somebody goes there again.
with ranked as (
    select
        source_key,
        task_id,
        subject,
        subject_id,
        field_code,
        form,
        corrected as value,
        case when field_code = 'name' then upper(replace(corrected, ' ', '')) else corrected end as compared,
        checked_at,
        received_at,
        row_number() over (
            partition by subject, subject_id, field_code
            order by checked_at desc nulls last, sequence desc, source_key desc
        ) as choice
    from {{ ref('int_verdict__answered') }}
    where refusal is null and not is_repeated and field_code is not null
)

select
    source_key,
    task_id,
    subject,
    subject_id,
    field_code,
    form,
    value,
    compared,
    checked_at,
    received_at
from ranked
where choice = 1
