-- One row a dwelling that a register of places lists: the housing register, the police's register of addresses.
with arrival as (
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
)

select
    link.dwelling_id,
    max(case when link.source_system = 'property' then 1 else 0 end) = 1 as is_in_property,
    max(case when link.source_system = 'police' then 1 else 0 end) = 1 as is_in_police,
    {{ joined_values("link.source_system || '.' || link.source_entity || ' ' || link.source_key", "'；'") }} as words,
    min(arrival.received_at) as noticed_at
from {{ ref('dwelling_source') }} as link
inner join arrival on link.source_system = arrival.source_system and link.source_key = arrival.source_key
where link.source_entity in ('house', 'BZDZ')
group by link.dwelling_id
