-- Records of a person whose last day lies before the first: one of the two is wrong, and only the source can say which.
-- Until then the record gives no tag.
select
    source_system || '.' || source_entity as dataset,
    source_system as owner_system,
    split_part(source_key, '#', 1) as source_key,
    'PERIOD-REVERSED' as rule,
    '起 ' || cast(valid_from as varchar) || '，止 ' || cast(valid_to as varchar) as detail,
    cast(observed_on as timestamp) as seen_at,
    true as is_open
from {{ ref('int_resident__stated') }}
where valid_to < valid_from
