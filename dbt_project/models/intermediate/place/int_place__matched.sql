-- One row a source record of a place, with the cluster of records that are that place. The text of a cluster follows
-- from its records alone, never from their order. Standard addresses without a room are dwellings only where a house
-- has them.
with named as (
    select distinct
        kind,
        source_system,
        source_entity,
        source_key
    from {{ ref('int_place__element') }}
    where kind = 'building' or source_system = 'property' or room is not null or part is not null
),

pair as (select * from {{ ref('int_place__paired') }}),

record as (
    select
        kind,
        source_system,
        source_entity,
        source_key
    from named
    union
    select
        kind,
        'police' as source_system,
        'BZDZ' as source_entity,
        standard_key as source_key
    from pair
)

select
    record.kind,
    record.source_system,
    record.source_entity,
    record.source_key,
    coalesce(
        'property.' || pair.housing_entity || '.' || pair.housing_key,
        record.source_system || '.' || record.source_entity || '.' || record.source_key
    ) as cluster
from record
left join pair
    on
        record.kind = pair.kind
        and record.source_system = 'police'
        and record.source_key = pair.standard_key
union all
select
    'dwelling' as kind,
    {{ record_origin('property', 'house') }},
    source_key,
    'property.house.' || kept_key as cluster
from {{ ref('int_house__twin') }}
where is_one
union all
select
    'estate' as kind,
    source_system,
    source_entity,
    source_key,
    cluster
from {{ ref('int_estate__paired') }}
