-- One row a tag and the live record of a department that gives it: what counts is said by the seed tag_catalogue.
-- A record that tells no first day is dated by its last change, but never later than its own end.
-- Not here: tags that follow from the warehouse's own tables (`int_tag__derived`), records that overlap
-- (`int_tag__untangled`).
with fact as (
    select
        resident_id,
        source_system,
        source_entity,
        source_key,
        source_code,
        case when source_entity = 'disability-certificates' then nullif(split_part(detail, '/', 2), '?') end as level,
        detail,
        valid_from,
        valid_to,
        observed_on
    from {{ ref('int_resident__stated') }}
    where source_system in ('civil', 'police')
    union all
    select
        record.resident_id,
        record.source_system,
        record.source_entity,
        record.source_key,
        'CARE_LEVEL' as source_code,
        cast(elder.care_level as varchar) as level,
        cast(elder.care_level as varchar) as detail,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        {{ shanghai_date('record.source_updated_at') }} as observed_on
    from {{ ref('stg_civil__elderly_service') }} as elder
    inner join {{ ref('int_resident__record') }} as record
        on record.source_entity = 'elderly-services' and elder.source_key = record.source_key
    where record.is_live and elder.care_level is not null
)

select
    fact.resident_id,
    catalogue.tag_code,
    coalesce(catalogue.scale || '/', '') || fact.detail as tag_value,
    coalesce(fact.valid_from, least(fact.observed_on, coalesce(fact.valid_to, fact.observed_on))) as valid_from,
    fact.valid_to,
    case when fact.valid_from is null then 'record' else 'source' end as dated_by,
    fact.source_system,
    fact.source_entity,
    fact.source_key,
    catalogue.rule
from fact
inner join {{ ref('tag_catalogue') }} as catalogue
    on
        fact.source_system = catalogue.source_system
        and fact.source_entity = catalogue.source_entity
        and fact.source_code = catalogue.source_code
        and (catalogue.level_from is null or cast(fact.level as integer) >= catalogue.level_from)
        and (catalogue.level_to is null or cast(fact.level as integer) <= catalogue.level_to)
