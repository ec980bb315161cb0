-- Estates of both departments, each with its cluster. BZDZ has no key for an estate: committee and name stand for one.
with housing as (
    select
        source_key,
        estate_name_key,
        committee_code,
        count(*) over (partition by estate_name_key, committee_code) as same_place,
        count(*) over (partition by estate_name_key) as same_name
    from {{ ref('stg_property__estate') }}
    where is_live
),

named as (
    select
        committee_code,
        estate_name_key
    from {{ ref('stg_police__bzdz') }}
    where is_live and estate_name_key is not null and committee_code is not null
    group by committee_code, estate_name_key
),

standard as (
    select
        committee_code || '|' || estate_name_key as source_key,
        estate_name_key,
        committee_code,
        count(*) over (partition by estate_name_key) as same_name
    from named
),

-- An estate may lie in several committees: the same name, and dwellings of it that both sides list, make it one.
shared as (
    select
        building.estate_source_key as housing_key,
        bzdz.committee_code || '|' || bzdz.estate_name_key as standard_key,
        count(*) as dwelling_count
    from {{ ref('int_place__paired') }} as place
    inner join {{ ref('stg_police__bzdz') }} as bzdz on place.standard_key = bzdz.source_key
    inner join {{ ref('stg_property__house') }} as house on place.housing_key = house.source_key
    inner join {{ ref('stg_property__building') }} as building on house.building_source_key = building.source_key
    inner join housing
        on building.estate_source_key = housing.source_key and bzdz.estate_name_key = housing.estate_name_key
    where place.kind = 'dwelling' and bzdz.committee_code is not null
    group by building.estate_source_key, bzdz.committee_code, bzdz.estate_name_key
),

-- The same name in the same committee; a name that each department knows only once; dwellings in common.
reason as (
    select
        housing.source_key as housing_key,
        standard.source_key as standard_key,
        case
            when housing.committee_code = standard.committee_code and housing.same_place = 1 then 1
            when housing.same_name = 1 and standard.same_name = 1 then 2
            when shared.dwelling_count > 0 then 3
        end as choice,
        coalesce(shared.dwelling_count, 0) as dwelling_count
    from housing
    inner join standard on housing.estate_name_key = standard.estate_name_key
    left join shared on housing.source_key = shared.housing_key and standard.source_key = shared.standard_key
),

pair as (
    select
        housing_key,
        standard_key,
        row_number() over (
            partition by standard_key order by choice asc, dwelling_count desc, housing_key asc
        ) as rank_no
    from reason
    where choice is not null
)

select
    {{ record_origin('property', 'estate') }},
    housing.source_key,
    housing.estate_name_key,
    housing.committee_code,
    'property.estate.' || housing.source_key as cluster
from housing
union all
select
    {{ record_origin('police', 'BZDZ') }},
    standard.source_key,
    standard.estate_name_key,
    standard.committee_code,
    coalesce('property.estate.' || pair.housing_key, 'police.BZDZ.' || standard.source_key) as cluster
from standard
left join pair on standard.source_key = pair.standard_key and pair.rank_no = 1
