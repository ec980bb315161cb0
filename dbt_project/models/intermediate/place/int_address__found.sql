-- One row a distinct address wording, with the dwelling, the building and the estate that its elements lead to.
-- An address may say more than the register (then the register's full key must fit) or less (then only one place may).
-- Without a room only the full key names a dwelling.
with wording as (select * from {{ ref('int_address__named') }}),

numbered as (select * from wording where gate is not null or block is not null),

gated as (
    select
        element_key,
        road,
        estate,
        lane,
        sublane,
        gate,
        block,
        cast(null as varchar) as unit,
        cast(null as varchar) as room,
        cast(null as varchar) as part
    from numbered
),

dwelling_key as (
    {{ key_variants('numbered', ['element_key', 'room', 'part']) }}
),

building_key as (
    {{ key_variants('gated', ['element_key']) }}
),

place_key as (
    select
        'dwelling' as kind,
        element_key,
        key_text,
        missing_count
    from dwelling_key
    where missing_count = 0 or room is not null or part is not null
    union all
    select
        'building' as kind,
        element_key,
        key_text,
        missing_count
    from building_key
),

-- Readings that lead to different places lead to none; one that is full on both sides stands above the others.
found as (
    select
        place_key.element_key,
        place_key.kind,
        case
            when count(distinct case when place_key.missing_count = 0 and alias.is_full then alias.cluster end) = 1
                then min(case when place_key.missing_count = 0 and alias.is_full then alias.cluster end)
            when
                count(case when place_key.missing_count = 0 and alias.is_full then 1 end) = 0
                and count(distinct alias.cluster) = 1
                then min(alias.cluster)
        end as cluster,
        min(case when place_key.missing_count = 0 and alias.is_full then 0 else 1 end) as looseness,
        max(case when alias.is_ambiguous then 1 else 0 end) as is_ambiguous
    from place_key
    inner join {{ ref('int_place__alias') }} as alias
        on place_key.kind = alias.kind and place_key.key_text = alias.key_text
    where place_key.missing_count = 0 or alias.is_full
    group by place_key.element_key, place_key.kind
)

select
    wording.element_key,
    dwelling.cluster as dwelling_cluster,
    case when wording.alternate is null then dwelling.looseness else 1 end as looseness,
    dwelling.element_key is not null and (dwelling.is_ambiguous = 1 or dwelling.cluster is null) as is_ambiguous,
    building.cluster as building_cluster,
    coalesce(by_name.cluster, by_lane.cluster) as estate_cluster,
    by_gate.cluster as gate_estate_cluster,
    wording.room is not null or wording.part is not null as has_room,
    wording.gate is not null or wording.block is not null as has_gate,
    wording.alternate
from wording
left join found as dwelling on wording.element_key = dwelling.element_key and dwelling.kind = 'dwelling'
left join found as building on wording.element_key = building.element_key and building.kind = 'building'
left join {{ ref('int_estate__alias') }} as by_name on by_name.scope = 'name' and wording.estate = by_name.key_text
left join {{ ref('int_estate__alias') }} as by_lane
    on by_lane.scope = 'lane' and wording.road || '|' || wording.lane = by_lane.key_text
left join {{ ref('int_estate__alias') }} as by_gate
    on by_gate.scope = 'gate' and wording.lane is null and wording.road || '||' || wording.gate = by_gate.key_text
