-- Additive counts of dwellings at the finest area. What they are used for is counted by `int_occupancy__counted`.
{% set measures = [
    'dwelling', 'dwelling_area_unknown', 'dwelling_crowding_suspected', 'dwelling_hollow_suspected',
    'dwelling_equipped', 'dwelling_without_smoke', 'standard_address', 'standard_address_filed',
] %}
with dwelling as (
    select
        dwelling_id,
        estate_id,
        committee_code,
        floor_area_m2
    from {{ ref('dwelling') }}
),

suspected as (
    select
        dwelling_id,
        max(case when kind = 'dwelling_crowding_suspected' then 1 else 0 end) as is_crowded,
        max(case when kind = 'hukou_hollow_suspected' then 1 else 0 end) as is_hollow
    from {{ ref('task') }}
    where state <> 'settled' and dwelling_id is not null
    group by dwelling_id
),

equipped as (
    select
        dwelling_id,
        max(case when type = 'smoke' then 1 else 0 end) as has_smoke
    from {{ ref('device') }}
    where state <> 'retired' and dwelling_id is not null
    group by dwelling_id
),

filed as (
    select
        dwelling_id,
        max(case when source_system = 'property' then 1 else 0 end) as is_in_property,
        max(case when source_system = 'police' then 1 else 0 end) as is_in_standard
    from {{ ref('dwelling_source') }}
    group by dwelling_id
),

counted as (
    select
        dwelling.committee_code,
        dwelling.estate_id,
        {{ month_of(as_of_date()) }} as period,
        count(*) as dwelling,
        sum(case when dwelling.floor_area_m2 > 0 then 0 else 1 end) as dwelling_area_unknown,
        sum(coalesce(suspected.is_crowded, 0)) as dwelling_crowding_suspected,
        sum(coalesce(suspected.is_hollow, 0)) as dwelling_hollow_suspected,
        count(equipped.dwelling_id) as dwelling_equipped,
        sum(1 - coalesce(equipped.has_smoke, 0)) as dwelling_without_smoke,
        sum(coalesce(filed.is_in_standard, 0)) as standard_address,
        sum(coalesce(filed.is_in_standard * filed.is_in_property, 0)) as standard_address_filed
    from dwelling
    left join suspected on dwelling.dwelling_id = suspected.dwelling_id
    left join equipped on dwelling.dwelling_id = equipped.dwelling_id
    left join filed on dwelling.dwelling_id = filed.dwelling_id
    group by dwelling.committee_code, dwelling.estate_id
)

{{ unpivot_measures('counted', measures) }}
