{{ config(materialized='table') }}

-- Every claim of a tag with its days, and how many claims of its source share the resident and the tag.
with claim as (
    select
        resident_id,
        tag_code,
        tag_value,
        valid_from,
        valid_to,
        dated_by,
        source_system,
        source_entity,
        source_key,
        rule
    from {{ ref('int_tag__stated') }}
    where valid_from is not null
    union all
    select
        resident_id,
        tag_code,
        cast(null as varchar) as tag_value,
        valid_from,
        cast(null as date) as valid_to,
        'rule' as dated_by,
        'derived' as source_system,
        source_entity,
        source_key,
        rule
    from {{ ref('int_tag__derived') }}
)

select
    resident_id,
    tag_code,
    tag_value,
    valid_from,
    valid_to,
    dated_by,
    source_system,
    source_entity,
    source_key,
    rule,
    count(*) over (partition by resident_id, tag_code, source_system) as claim_count
from claim
