-- Attributes of a person on which the sources do not agree; the department that has the last word settles it.
-- Where a visit has the last word, the slip of each department says so (correction).
select
    'resident' as dataset,
    source_system as owner_system,
    resident_id as source_key,
    'CONFLICT-' || upper(attribute) as rule,
    cast(disagreeing_sources as varchar) || ' 个来源与采用的值不一致' as detail,
    source_updated_at as seen_at,
    true as is_open
from {{ ref('resident_provenance') }}
where disagreeing_sources > 0 and source_system <> 'feedback'
