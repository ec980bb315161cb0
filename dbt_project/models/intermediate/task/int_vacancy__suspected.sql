-- Dwellings of the housing register where no source puts anybody, no sensor noticed anybody for so many days (var
-- vacancy_quiet_days), and nobody who owns or is registered there is only away in an institution.
with dwelling as (
    select
        dwelling_id,
        committee_code
    from {{ ref('dwelling') }}
    where occupancy = 'vacant'
),

listed as (
    select
        dwelling_id,
        words
    from {{ ref('int_dwelling__listed') }}
    where is_in_property
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
    listed.words || coalesce('；最近一次居住记录至 ' || cast(lived.last_lived_on as varchar), '；从无居住记录') as evidence
from dwelling
inner join listed on dwelling.dwelling_id = listed.dwelling_id
left join stirring on dwelling.dwelling_id = stirring.dwelling_id
left join away on dwelling.dwelling_id = away.dwelling_id
left join lived on dwelling.dwelling_id = lived.dwelling_id
where stirring.dwelling_id is null and away.dwelling_id is null
