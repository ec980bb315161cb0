-- What leads to one estate only: its name, its lane on a road, its house number on a road. `scope` says which.
with estate as (select * from {{ ref('int_estate__paired') }}),

element as (
    select
        bzdz.address_road as road,
        bzdz.address_lane as lane,
        bzdz.address_gate as gate,
        estate.cluster
    from {{ ref('stg_police__bzdz') }} as bzdz
    inner join estate
        on
            estate.source_system = 'police'
            and bzdz.committee_code = estate.committee_code
            and bzdz.estate_name_key = estate.estate_name_key
    where bzdz.is_live and bzdz.address_road is not null
    union all
    select
        property.address_road as road,
        property.address_lane as lane,
        property.address_gate as gate,
        estate.cluster
    from {{ ref('stg_property__estate') }} as property
    inner join estate on estate.source_system = 'property' and property.source_key = estate.source_key
    where property.is_live and property.address_road is not null
),

candidate as (
    select
        'name' as scope,
        estate_name_key as key_text,
        cluster
    from estate
    where estate_name_key is not null
    union all
    select
        'lane' as scope,
        road || '|' || lane as key_text,
        cluster
    from element
    where lane is not null
    union all
    select
        'gate' as scope,
        road || '||' || gate as key_text,
        cluster
    from element
    where lane is null and gate is not null
)

select
    scope,
    key_text,
    min(cluster) as cluster
from candidate
group by scope, key_text
having count(distinct cluster) = 1
