-- One row a source record that a visit has found wrong: the slip for the department that keeps it. The row stands until
-- the record says the same as the visit, or is gone.
select
    {{ short_digest("opposed.verdict_key || '|' || opposed.field_code || '|' || opposed.source_system || '|'
                    || opposed.source_entity || '|' || opposed.source_key") }} as correction_id,
    made.task_id,
    case when made.subject = 'resident' then made.subject_id end as resident_id,
    case when made.subject = 'dwelling' then made.subject_id end as dwelling_id,
    checked.committee_code,
    made.field_code,
    field.label_zh as field_name,
    opposed.source_system,
    opposed.source_entity,
    opposed.source_key,
    owner.owner_zh as owner_department,
    {{ masked_value('coalesce(stated.label_zh, opposed.stated)', 'made.form') }} as stated_masked,
    {{ masked_value('coalesce(option.label_zh, made.value)', 'made.form') }} as corrected_masked,
    made.source_key as verdict_key,
    made.checked_at,
    made.received_at
from {{ ref('int_correction__opposed') }} as opposed
inner join {{ ref('int_correction__made') }} as made
    on opposed.verdict_key = made.source_key and opposed.field_code = made.field_code
inner join {{ ref('int_verdict__checked') }} as checked on made.source_key = checked.source_key
inner join {{ ref('correctable_field') }} as field
    on made.subject = field.subject and made.field_code = field.field_code
inner join {{ ref('source_owner') }} as owner on opposed.source_system = owner.source_system
left join {{ ref('correctable_value') }} as option
    on made.field_code = option.field_code and made.value = option.value_code
left join {{ ref('correctable_value') }} as stated
    on opposed.field_code = stated.field_code and opposed.stated = stated.value_code
