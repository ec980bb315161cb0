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
    group by 1, 2, 3, 4
),

usual_standard as (
    select
        *,
        row_number() over (
            partition by source_key
            order by
                case when estate_cluster is null then 1 else 0 end, address_count desc,
                estate_cluster, committee_code, street_code
        ) as choice
    from standard
),

element as (
    select
        *,
        source_system || '.' || source_key as reference
    from {{ ref('int_place__element') }}
    where kind = 'building'
)

select
    matched.cluster,
    max(housing.building_name) as building_name,
    coalesce(max(case when element.source_system = 'property' then element.gate end), max(element.gate)) as gate,
    coalesce(max(case when element.source_system = 'property' then element.block end), max(element.block)) as block,
    max(housing.unit_count) as unit_count,
    max(housing.floor_count) as floor_count,
    bool_or(housing.has_lift) as has_lift,
    coalesce(max(housing.estate_cluster), max(usual_standard.estate_cluster)) as estate_cluster,
    coalesce(max(usual_standard.committee_code), max(housing.committee_code)) as committee_code,
    max(usual_standard.street_code) as street_code,
    max(usual_standard.longitude) as longitude,
    max(usual_standard.latitude) as latitude
from matched
left join housing on matched.source_system = 'property' and matched.source_key = housing.source_key
left join usual_standard
    on
        matched.source_system = 'police'
        and matched.source_key = usual_standard.source_key
        and usual_standard.choice = 1
left join element on matched.source_system || '.' || matched.source_key = element.reference
group by matched.cluster
