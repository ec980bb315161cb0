-- Dwellings that only one of the two registers of places knows.
with dwelling as (
    select
        dwelling_id,
        committee_code
    from {{ ref('dwelling') }}
),

arrival as (
    select
        'property' as source_system,
        source_key,
        _received_at as received_at
    from {{ ref('stg_property__house') }}
    union all
    select
        'police' as source_system,
        source_key,
        _received_at as received_at
    from {{ ref('stg_police__bzdz') }}
),

known as (
    select
        link.dwelling_id,
        max(case when link.source_system = 'property' then 1 else 0 end) as is_in_property,
        {{ joined_values(
            "link.source_system || '.' || link.source_entity || ' ' || link.source_key", "'；'"
        ) }} as evidence,
        min(arrival.received_at) as noticed_at
    from {{ ref('dwelling_source') }} as link
    inner join arrival on link.source_system = arrival.source_system and link.source_key = arrival.source_key
    where link.source_entity in ('house', 'BZDZ')
    group by link.dwelling_id
    having count(distinct link.source_system) = 1
)

select
    case
        when known.is_in_property = 1 then 'dwelling_without_standard_address' else 'standard_address_without_house'
    end as kind,
    dwelling.dwelling_id as subject_id,
    dwelling.committee_code,
    known.evidence,
    known.noticed_at
from dwelling
inner join known on dwelling.dwelling_id = known.dwelling_id
