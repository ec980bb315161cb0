-- Attributes of a person on which the sources do not agree; it falls to the department that has the last word to settle it.
select
    'resident' as dataset,
    resident_id as source_key,
    'CONFLICT-' || upper(attribute) as rule,
    source_system as owner_system,
    cast(disagreeing_sources as varchar) || ' 个来源与采用的值不一致' as detail,
    source_updated_at as seen_at
from {{ ref('resident_provenance') }}
where disagreeing_sources > 0
