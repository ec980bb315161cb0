-- People who live here by some source while the police have no record of them.
with resident as (
    select
        resident_id,
        committee_code
    from {{ ref('resident') }}
    where status = 'active'
),

known as (
    select
        resident_id,
        max(case when source_system = 'police' then 1 else 0 end) as is_in_police
    from {{ ref('resident_source') }}
    group by resident_id
),

housed as (
    select distinct resident_id
    from {{ ref('residence') }}
    where is_current and kind = 'lives'
),

suspected as (
    select
        resident.resident_id,
        resident.committee_code
    from resident
    inner join known on resident.resident_id = known.resident_id
    inner join housed on resident.resident_id = housed.resident_id
    where known.is_in_police = 0
)

select
    'resident_unknown_to_police' as kind,
    suspected.resident_id as subject_id,
    min(suspected.committee_code) as committee_code,
    {{ joined_values(record_words('stated', 'label'), "'；'") }} as evidence
from suspected
inner join {{ ref('int_resident__stated') }} as stated on suspected.resident_id = stated.resident_id
left join {{ ref('evidence_label') }} as label
    on
        stated.source_system = label.source_system
        and stated.source_entity = label.source_entity
        and stated.source_code = label.source_code
group by suspected.resident_id
