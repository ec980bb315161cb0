-- One row a row that came back in a workbook, and what became of it: what its sender is told.
with united as (
    select
        checked.source_key as verdict_key,
        checked.file,
        checked.line,
        checked.task_id,
        checked.committee_code,
        checked.verdict,
        checked.field_code,
        checked.checked_at,
        checked.received_at,
        case
            when checked.refusal is not null then checked.refusal
            when checked.is_repeated then 'repeated'
            when made.source_key is not null then 'applied'
            when checked.field_code is not null or not checked.is_latest then 'superseded'
            else 'answered'
        end as outcome_code,
        cast(null as varchar) as detail
    from {{ ref('int_verdict__checked') }} as checked
    left join {{ ref('int_correction__made') }} as made on checked.source_key = made.source_key
    union all
    select
        rejected.batch_id || '#' || cast(rejected.line as varchar) as verdict_key,
        batch.file,
        rejected.line,
        cast(null as varchar) as task_id,
        cast(null as varchar) as committee_code,
        cast(null as varchar) as verdict,
        cast(null as varchar) as field_code,
        cast(null as timestamp) as checked_at,
        batch.received_at,
        'malformed' as outcome_code,
        rejected.detail_masked as detail
    from {{ ref('stg_run__rejected_row') }} as rejected
    inner join {{ ref('stg_run__source_batch') }} as batch
        on
            rejected.source = batch.source
            and rejected.entity = batch.entity
            and rejected.batch_id = batch.batch_id
    where rejected.source = 'feedback' and rejected.entity = 'verdict'
)

select
    united.verdict_key,
    united.file,
    united.line,
    united.task_id,
    united.committee_code,
    united.verdict,
    united.field_code,
    united.outcome_code,
    meaning.outcome,
    meaning.label_zh || coalesce('（' || united.detail || '）', '') as reason,
    meaning.advice_zh as advice,
    united.checked_at,
    cast(united.received_at as timestamp) as received_at
from united
inner join {{ ref('verdict_outcome') }} as meaning on united.outcome_code = meaning.outcome_code
