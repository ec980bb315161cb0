-- One row an address of a live source record: the finest place that it names for certain. A room is never guessed.
with known_division as (
    select
        division_code,
        count(*) over () as division_count
    from {{ ref('stg_police__bzdz') }}
    where is_live and division_code is not null
    group by division_code
),

-- A hukou in another division, or a text that names another city, is elsewhere, however familiar its road may sound.
-- A code of the police list says more than the text beside it.
located as (
    select
        listed.source_system,
        listed.source_entity,
        listed.source_key,
        listed.field,
        listed.address_text,
        listed.element_key,
        standard.cluster as standard_cluster,
        (
            listed.division_code is not null
            and known_division.division_code is null
            and (select max(counted.division_count) from known_division as counted) > 0
        )
        or (outlying.source_key is not null and standard.cluster is null) as is_elsewhere
    from {{ ref('int_address__listed') }} as listed
    left join known_division on listed.division_code = known_division.division_code
    left join {{ ref('int_address__outlying') }} as outlying
        on
            listed.source_system = outlying.source_system
            and listed.source_entity = outlying.source_entity
            and listed.source_key = outlying.source_key
            and listed.field = outlying.field
            and outlying.is_now
    left join {{ ref('int_place__matched') }} as standard
        on
            standard.kind = 'dwelling'
            and standard.source_system = 'police'
            and listed.standard_address_code = standard.source_key
),

-- A villa or a house of one family has no room number: its building is the dwelling, where no other is known in it.
undivided as (
    select
        building_cluster,
        min(cluster) as dwelling_cluster
    from {{ ref('int_dwelling__placed') }}
    where building_cluster is not null
    group by building_cluster
    having count(*) = 1 and max(coalesce(room, part)) is null
),

graded as (
    select
        located.source_system,
        located.source_entity,
        located.source_key,
        located.field,
        located.address_text,
        located.is_elsewhere,
        located.standard_cluster,
        found.has_room,
        found.is_ambiguous,
        found.alternate,
        coalesce(located.standard_cluster, found.dwelling_cluster, undivided.dwelling_cluster) as dwelling_cluster,
        found.building_cluster,
        coalesce(found.gate_estate_cluster, found.estate_cluster) as estate_cluster,
        case
            when located.is_elsewhere then 'none'
            when located.standard_cluster is not null then 'exact'
            when found.dwelling_cluster is not null and found.looseness = 0 then 'exact'
            when coalesce(found.dwelling_cluster, undivided.dwelling_cluster) is not null then 'dwelling'
            when found.building_cluster is not null then 'building'
            when found.gate_estate_cluster is not null then 'gate'
            when found.estate_cluster is not null and found.has_gate then 'gate'
            when found.estate_cluster is not null then 'estate'
            else 'none'
        end as grade
    from located
    left join {{ ref('int_address__found') }} as found on located.element_key = found.element_key
    left join undivided
        on found.building_cluster = undivided.building_cluster and not found.has_room and not found.is_ambiguous
)

select
    graded.source_system,
    graded.source_entity,
    graded.source_key,
    graded.field,
    graded.grade,
    case when graded.grade in ('exact', 'dwelling') then graded.dwelling_cluster end as dwelling_cluster,
    case
        when graded.grade in ('exact', 'dwelling') then dwelling.building_cluster
        when graded.grade = 'building' then graded.building_cluster
    end as building_cluster,
    case
        when graded.grade in ('exact', 'dwelling') then dwelling.estate_cluster
        when graded.grade = 'building' then coalesce(building.estate_cluster, graded.estate_cluster)
        when graded.grade <> 'none' then graded.estate_cluster
    end as estate_cluster,
    case
        when graded.is_elsewhere then 'other_division'
        when graded.standard_cluster is not null then 'standard_code'
        when graded.grade = 'exact' then 'full_key'
        when graded.grade = 'dwelling' then coalesce(graded.alternate, 'alias_key')
        when graded.grade = 'none' and graded.address_text is null then 'no_address'
        when graded.grade = 'none' then 'place_unknown'
        when graded.is_ambiguous then 'room_ambiguous'
        when graded.has_room then 'room_unknown'
        when graded.grade = 'gate' then 'building_unknown'
        when graded.grade = 'estate' then 'estate_only'
        else 'room_missing'
    end as reason
from graded
left join {{ ref('int_dwelling__placed') }} as dwelling on graded.dwelling_cluster = dwelling.cluster
left join {{ ref('int_building__placed') }} as building on graded.building_cluster = building.cluster
