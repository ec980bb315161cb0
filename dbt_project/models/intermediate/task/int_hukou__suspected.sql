-- Dwellings at which a whole household is registered while nobody of it lives there or owns it.
-- A household number of very many people is an institution (var collective_min_persons) and left out.
with member as (
    select
        residence.resident_id,
        residence.dwelling_id,
        coalesce(max(syrk.household_no), '') as household_no
    from {{ ref('int_residence__weighed') }} as residence
    inner join {{ ref('int_resident__record') }} as record
        on residence.resident_id = record.resident_id and record.source_entity = 'SYRK' and record.is_live
    inner join {{ ref('stg_police__syrk') }} as syrk
        on record.source_key = syrk.source_key and not syrk.is_cancelled and syrk.category_code in ('1', '4')
    where residence.kind = 'registered' and residence.is_current
    group by residence.resident_id, residence.dwelling_id
),

attached as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where kind = 'lives' and is_current
    union distinct
    select
        resident_id,
        dwelling_id
    from {{ ref('int_tenure__claimed') }}
    where is_current
),

household as (
    select
        member.dwelling_id,
        member.household_no,
        count(*) as person_count,
        count(attached.resident_id) as attached_count
    from member
    left join attached on member.resident_id = attached.resident_id and member.dwelling_id = attached.dwelling_id
    group by member.dwelling_id, member.household_no
),

hollow as (
    select
        dwelling_id,
        count(*) as household_count,
        sum(person_count) as person_count
    from household
    where attached_count = 0 and person_count < {{ var('collective_min_persons') }}
    group by dwelling_id
)

select
    'hukou_hollow_suspected' as kind,
    hollow.dwelling_id as subject_id,
    dwelling.committee_code,
    '公安户籍登记 ' || cast(hollow.household_count as varchar) || ' 户 ' || cast(hollow.person_count as varchar)
    || ' 人，均无在此居住的记录，也不在产权人、承租人之列' as evidence
from hollow
inner join {{ ref('dwelling') }} as dwelling on hollow.dwelling_id = dwelling.dwelling_id
