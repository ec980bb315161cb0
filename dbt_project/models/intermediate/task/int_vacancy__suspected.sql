-- Dwellings of the housing register where no source puts anybody, no sensor noticed anybody for so many days (var
-- vacancy_quiet_days), and nobody who owns or is registered there is only away in an institution.
with dwelling as (
    select
        dwelling_id,
        committee_code
    from {{ ref('dwelling') }}
    where occupancy = 'vacant'
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
        {{ joined_values(
            "link.source_system || '.' || link.source_entity || ' ' || link.source_key", "'；'"
        ) }} as words,
        min(arrival.received_at) as noticed_at
    from {{ ref('dwelling_source') }} as link
    inner join arrival on link.source_system = arrival.source_system and link.source_key = arrival.source_key
    where link.source_entity in ('house', 'BZDZ')
    group by link.dwelling_id
    having count(case when link.source_system = 'property' then 1 end) > 0
),

stirring as (
    select distinct device.dwelling_id
    from {{ ref('device_day') }} as device_day
    inner join {{ ref('device') }} as device on device_day.device_id = device.device_id
    where
        device.type = 'door_sensor'
        and device_day.events > 0
        and {{ days_between('device_day.day', as_of_date()) }} < {{ var('vacancy_quiet_days') }}
),

belonging as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where kind = 'registered' and is_current
    union all
    select
        resident_id,
        dwelling_id
    from {{ ref('int_tenure__claimed') }}
    where is_current
),

away as (
    select distinct belonging.dwelling_id
    from belonging
    inner join {{ ref('resident_tag') }} as tag
        on belonging.resident_id = tag.resident_id and tag.tag_code = 'in_institution' and tag.is_current
),

lived as (
    select
        dwelling_id,
        max(valid_to) as last_lived_on
    from {{ ref('int_residence__weighed') }}
    where kind = 'lives'
    group by dwelling_id
)

select
    'dwelling_vacancy_suspected' as kind,
    dwelling.dwelling_id as subject_id,
    dwelling.committee_code,
    known.words || coalesce('；最近一次居住记录至 ' || cast(lived.last_lived_on as varchar), '；从无居住记录') as evidence,
    known.noticed_at
from dwelling
inner join known on dwelling.dwelling_id = known.dwelling_id
left join stirring on dwelling.dwelling_id = stirring.dwelling_id
left join away on dwelling.dwelling_id = away.dwelling_id
left join lived on dwelling.dwelling_id = lived.dwelling_id
where stirring.dwelling_id is null and away.dwelling_id is null
