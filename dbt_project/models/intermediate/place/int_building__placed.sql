-- One row a building: what it is called and to which estate and committee it belongs.
-- The housing bureau's estate stands first; the police list's is the one that most of its addresses name.
with matched as (
    select * from {{ ref('int_place__matched') }} where kind = 'building'
),

estate as (select * from {{ ref('int_estate__paired') }}),

housing as (
    select
        building.source_key,
        building.building_name,
        building.unit_count,
        building.floor_count,
        building.has_lift,
        estate.cluster as estate_cluster,
        estate.committee_code
    from {{ ref('stg_property__building') }} as building
    left join estate on estate.source_system = 'property' and building.estate_source_key = estate.source_key
    where building.is_live
),

standard as (
    select
        {{ address_key("coalesce(bzdz.address_road, bzdz.estate_name_key, bzdz.address_estate)", "bzdz.address_lane",
                       "bzdz.address_sublane", "bzdz.address_gate", "bzdz.address_block") }} as source_key,
        estate.cluster as estate_cluster,
        bzdz.committee_code,
        bzdz.street_code,
        count(*) as address_count,
        avg(bzdz.longitude) as longitude,
        avg(bzdz.latitude) as latitude
    from {{ ref('stg_police__bzdz') }} as bzdz
    left join estate
        on
            estate.source_system = 'police'
            and bzdz.committee_code = estate.committee_code
            and bzdz.estate_name_key = estate.estate_name_key
    where bzdz.is_live
    group by
        {{ address_key("coalesce(bzdz.address_road, bzdz.estate_name_key, bzdz.address_estate)", "bzdz.address_lane",
                       "bzdz.address_sublane", "bzdz.address_gate", "bzdz.address_block") }},
        estate.cluster, bzdz.committee_code, bzdz.street_code
),

usual as (
    select
        source_key,
        estate_cluster,
        committee_code,
        street_code,
        longitude,
        latitude,
        row_number() over (
            partition by source_key
            order by
                case when estate_cluster is null then 1 else 0 end asc, address_count desc, estate_cluster asc,
                committee_code asc, street_code asc
        ) as choice
    from standard
)

select
    matched.cluster,
    max(housing.building_name) as building_name,
    coalesce(max(case when element.source_system = 'property' then element.gate end), max(element.gate)) as gate,
    coalesce(max(case when element.source_system = 'property' then element.block end), max(element.block)) as block,
    max(housing.unit_count) as unit_count,
    max(housing.floor_count) as floor_count,
    max(case when housing.has_lift then 1 when not housing.has_lift then 0 end) = 1 as has_lift,
    coalesce(max(housing.estate_cluster), max(usual.estate_cluster)) as estate_cluster,
    coalesce(max(usual.committee_code), max(housing.committee_code)) as committee_code,
    max(usual.street_code) as street_code,
    max(usual.longitude) as longitude,
    max(usual.latitude) as latitude
from matched
left join housing on matched.source_system = 'property' and matched.source_key = housing.source_key
left join usual on matched.source_system = 'police' and matched.source_key = usual.source_key and usual.choice = 1
left join {{ ref('int_building__described') }} as element
    on matched.source_system = element.source_system and matched.source_key = element.source_key
group by matched.cluster
