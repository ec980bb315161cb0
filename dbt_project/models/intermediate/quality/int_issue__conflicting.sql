-- Attributes of a person on which the sources do not agree; the department that has the last word settles it.
-- Where a visit has the last word, the slip of each department says so (correction). It can be seen since the last of
-- the live records that tell the attribute came; when its source changed a record is the source's own story.
with conflict as (
    select * from {{ ref('resident_provenance') }}
    where disagreeing_sources > 0 and source_system <> 'feedback'
),

told as (
    select
        conflict.resident_id,
        conflict.attribute,
        valued.source_key,
        valued.source_system || '.' || valued.source_entity
        || case when valued.source_entity = 'assistance-cases' then '.member' else '' end as dataset
    from conflict
    inner join {{ ref('int_resident__valued') }} as valued
        on conflict.resident_id = valued.resident_id and conflict.attribute = valued.attribute
    where valued.is_live
),

arrived as (
    select
        told.resident_id,
        told.attribute,
        max(listed.received_at) as received_at
    from told
    inner join {{ ref('int_record__listed') }} as listed
        on told.dataset = listed.dataset and told.source_key = listed.source_key
    group by told.resident_id, told.attribute
)

select
    'resident' as dataset,
    conflict.source_system as owner_system,
    conflict.resident_id as source_key,
    'CONFLICT-' || upper(conflict.attribute) as rule,
    cast(conflict.disagreeing_sources as varchar) || ' 个来源与采用的值不一致' as detail,
    arrived.received_at as seen_at,
    true as is_open
from conflict
left join arrived on conflict.resident_id = arrived.resident_id and conflict.attribute = arrived.attribute
