-- Let dwellings with more people, or more people who are not family, than the seed crowding_rule allows.
-- People are those who live there or, if more, those whom the standing leases count. Unrelated are one for every
-- family: its head, and everybody whom the police do not call kin of the head. The evidence names no person's record,
-- so that it stands when one of them is erased.
with dwelling as (
    select
        dwelling_id,
        committee_code,
        floor_area_m2,
        resident_count
    from {{ ref('dwelling') }}
    where occupancy in ('rented', 'mixed')
),

party as (
    select
        dwelling_id,
        sum(case when is_kin and not is_head then 0 else 1 end) as unrelated_count
    from {{ ref('int_household__member') }}
    group by dwelling_id
),

lease as (
    select
        claim.dwelling_id,
        max(lease.headcount) as headcount,
        count(*) as lease_count
    from {{ ref('int_tenure__claimed') }} as claim
    inner join {{ ref('stg_property__lease') }} as lease on claim.source_key = lease.source_key
    where claim.kind = 'tenant' and claim.is_current
    group by claim.dwelling_id
),

measured as (
    select
        dwelling.dwelling_id,
        dwelling.committee_code,
        dwelling.floor_area_m2,
        dwelling.resident_count,
        coalesce(party.unrelated_count, 0) as unrelated_count,
        greatest(dwelling.resident_count, coalesce(lease.headcount, 0)) as person_count,
        lease.headcount,
        lease.lease_count
    from dwelling
    inner join lease on dwelling.dwelling_id = lease.dwelling_id
    left join party on dwelling.dwelling_id = party.dwelling_id
)

select
    'dwelling_crowding_suspected' as kind,
    measured.dwelling_id as subject_id,
    measured.committee_code,
    {{ joined_values('rule.reason_zh', "'；'") }}
    || '：' || coalesce(cast(min(measured.floor_area_m2) as varchar) || ' m²，', '面积不详，')
    || cast(min(measured.person_count) as varchar) || ' 人，在住记录 '
    || cast(min(measured.resident_count) as varchar) || ' 人，互无亲属关系 '
    || cast(min(measured.unrelated_count) as varchar) || ' 人；房管租赁备案 '
    || cast(min(measured.lease_count) as varchar) || ' 份'
    || coalesce('，登记 ' || cast(min(measured.headcount) as varchar) || ' 人', '') as evidence
from measured
inner join {{ ref('crowding_rule') }} as rule
    on
        measured.person_count >= rule.min_persons
        and measured.unrelated_count >= rule.min_unrelated
        and (
            rule.below_m2_per_person is null
            or measured.floor_area_m2 < rule.below_m2_per_person * measured.person_count
        )
group by measured.dwelling_id, measured.committee_code
