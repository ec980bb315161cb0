-- People of whom one department knows what another should know too.
with resident as (
    select
        resident_id,
        committee_code,
        status
    from {{ ref('resident') }}
),

source as (
    select
        resident_id,
        max(case when source_system = 'police' then 1 else 0 end) as is_in_police,
        max(case when source_system = 'civil' then 1 else 0 end) as is_in_civil,
        min(linked_at) as noticed_at,
        min(source_system || '.' || source_entity) as evidence,
        min(case when source_system = 'civil' then source_system || '.' || source_entity end) as civil_evidence
    from {{ ref('resident_source') }}
    group by resident_id
),

housed as (
    select distinct resident_id
    from {{ ref('residence') }}
    where is_current and kind = 'lives'
),

judged as (
    select
        resident.resident_id,
        resident.committee_code,
        resident.status = 'active' as is_active,
        housed.resident_id is not null as is_housed,
        source.is_in_police = 1 as is_in_police,
        source.is_in_civil = 1 as is_in_civil,
        source.noticed_at,
        source.evidence,
        source.civil_evidence
    from resident
    inner join source on resident.resident_id = source.resident_id
    left join housed on resident.resident_id = housed.resident_id
)

select
    'resident_unknown_to_police' as kind,
    resident_id as subject_id,
    committee_code,
    evidence,
    noticed_at
from judged
where is_active and is_housed and not is_in_police
union all
select
    'benefit_without_residence' as kind,
    resident_id as subject_id,
    committee_code,
    civil_evidence as evidence,
    noticed_at
from judged
where is_active and is_in_civil and not is_housed
union all
select
    'benefit_after_departure' as kind,
    resident_id as subject_id,
    committee_code,
    civil_evidence as evidence,
    noticed_at
from judged
where is_in_civil and not is_active
