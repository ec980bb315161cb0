-- Dwellings of which the sources do not tell one story, with the kind of check that would settle it.
{% set crowding = var('crowding_m2_per_person') %}
with dwelling as (
    select
        dwelling_id,
        committee_code,
        floor_area_m2,
        occupancy,
        resident_count
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
        max(case when link.source_system = 'police' then 1 else 0 end) as is_in_standard,
        min(link.source_system || '.' || link.source_entity || ' ' || link.source_key) as evidence,
        min(arrival.received_at) as noticed_at
    from {{ ref('dwelling_source') }} as link
    inner join arrival on link.source_system = arrival.source_system and link.source_key = arrival.source_key
    where link.source_entity in ('house', 'BZDZ')
    group by link.dwelling_id
),

judged as (
    select
        dwelling.dwelling_id,
        dwelling.committee_code,
        known.evidence,
        known.noticed_at,
        known.is_in_property = 1 and known.is_in_standard = 0 as has_no_standard_address,
        known.is_in_property = 0 and known.is_in_standard = 1 as has_no_house,
        dwelling.occupancy = 'vacant' and known.is_in_property = 1 as is_vacancy_suspected,
        dwelling.occupancy in ('rented', 'mixed')
        and dwelling.resident_count >= {{ var('crowding_min_persons') }}
        and dwelling.floor_area_m2 < {{ crowding }} * dwelling.resident_count as is_crowding_suspected,
        dwelling.floor_area_m2,
        dwelling.resident_count
    from dwelling
    inner join known on dwelling.dwelling_id = known.dwelling_id
)

select
    'dwelling_without_standard_address' as kind,
    dwelling_id as subject_id,
    committee_code,
    evidence,
    noticed_at
from judged
where has_no_standard_address
union all
select
    'standard_address_without_house' as kind,
    dwelling_id as subject_id,
    committee_code,
    evidence,
    noticed_at
from judged
where has_no_house
union all
select
    'dwelling_vacancy_suspected' as kind,
    dwelling_id as subject_id,
    committee_code,
    evidence,
    noticed_at
from judged
where is_vacancy_suspected
union all
select
    'dwelling_crowding_suspected' as kind,
    dwelling_id as subject_id,
    committee_code,
    cast(floor_area_m2 as varchar) || ' m²，' || cast(resident_count as varchar) || ' 人' as evidence,
    noticed_at
from judged
where is_crowding_suspected
