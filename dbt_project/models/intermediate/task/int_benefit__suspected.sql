-- People who stand on a roll of civil affairs though they died or left, or though some source puts them elsewhere and
-- none in this street. Who is in an institution is known to be away; an address that lost its room still tells of the
-- building; whom the police list as living here lives here, whether or not the address could be read.
with resident as (
    select
        resident_id,
        committee_code,
        status
    from {{ ref('resident') }}
),

received as (
    select distinct
        resident_id,
        source_system,
        source_entity,
        source_key
    from {{ ref('int_benefit__received') }}
    where source_system = 'civil'
),

-- Who puts the person here, and who elsewhere. An address that was never written says nothing.
told_place as (
    select
        source.resident_id,
        case when resolution.grade = 'none' then 0 else 1 end as is_here,
        case when resolution.grade = 'none' and resolution.reason <> 'no_address' then 1 else 0 end as is_elsewhere
    from {{ ref('resident_source') }} as source
    inner join {{ ref('address_resolution') }} as resolution on {{ same_record('source', 'resolution') }}
    where source.source_system = 'civil'
    union all
    select
        resident_id,
        is_present as is_here,
        is_elsewhere
    from {{ ref('int_resident__registered') }}
    union all
    select
        resident_id,
        1 as is_here,
        0 as is_elsewhere
    from {{ ref('residence') }}
    where is_current and kind = 'lives'
    union all
    select
        resident_id,
        1 as is_here,
        0 as is_elsewhere
    from {{ ref('resident_tag') }}
    where tag_code = 'in_institution' and is_current
),

elsewhere as (
    select resident_id
    from told_place
    group by resident_id
    having max(is_here) = 0 and max(is_elsewhere) = 1
),

suspected as (
    select distinct
        resident.resident_id,
        resident.committee_code,
        case when resident.status = 'active' then 'benefit_without_residence' else 'benefit_after_departure' end as kind
    from resident
    inner join received on resident.resident_id = received.resident_id
    left join elsewhere on resident.resident_id = elsewhere.resident_id
    where resident.status <> 'active' or elsewhere.resident_id is not null
),

-- What a roll says of the person, and beside it what the police say.
told as (
    select
        stated.resident_id,
        {{ record_words('stated', 'label') }} as words
    from {{ ref('int_resident__stated') }} as stated
    left join received on {{ same_record('stated', 'received') }}
    left join {{ ref('evidence_label') }} as label
        on
            stated.source_system = label.source_system
            and stated.source_entity = label.source_entity
            and stated.source_code = label.source_code
    where received.resident_id is not null or stated.source_system = 'police'
)

select
    suspected.kind,
    suspected.resident_id as subject_id,
    min(suspected.committee_code) as committee_code,
    {{ joined_values('told.words', "'；'") }} as evidence
from suspected
inner join told on suspected.resident_id = told.resident_id
group by suspected.kind, suspected.resident_id
