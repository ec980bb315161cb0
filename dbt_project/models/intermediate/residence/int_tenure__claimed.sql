-- One row an owner or tenant of a dwelling, as the housing bureau's live records say.
with house as (
    select
        matched.source_key,
        dwelling.dwelling_id
    from {{ ref('int_place__matched') }} as matched
    inner join {{ ref('int_dwelling__named') }} as dwelling on matched.cluster = dwelling.cluster
    where matched.kind = 'dwelling' and matched.source_system = 'property'
),

told as (
    select
        'owner' as kind,
        'owner' as source_entity,
        source_key,
        house_source_key,
        share_pct,
        start_date,
        end_date
    from {{ ref('stg_property__owner') }}
    where is_live
    union all
    select
        'tenant' as kind,
        'lease' as source_entity,
        source_key,
        house_source_key,
        cast(null as double) as share_pct,
        start_date,
        end_date
    from {{ ref('stg_property__lease') }}
    where is_live
),

-- A claim that ends before it begins was told the wrong way round.
claim as (
    select
        kind,
        source_entity,
        source_key,
        house_source_key,
        share_pct,
        case when end_date < start_date then end_date else start_date end as start_date,
        case when end_date < start_date then start_date else end_date end as end_date
    from told
)

select
    record.resident_id,
    house.dwelling_id,
    claim.kind,
    claim.share_pct,
    claim.start_date as valid_from,
    claim.end_date as valid_to,
    coalesce(claim.start_date <= {{ as_of_date() }}, true)
    and coalesce(claim.end_date >= {{ as_of_date() }}, true) as is_current,
    'property' as source_system,
    claim.source_entity,
    claim.source_key,
    {{ shanghai_date('record.source_updated_at') }} as observed_on
from claim
inner join house on claim.house_source_key = house.source_key
inner join {{ ref('int_resident__record') }} as record
    on
        record.source_system = 'property'
        and claim.source_entity = record.source_entity
        and claim.source_key = record.source_key
