-- Estates of both departments, each with its cluster. BZDZ has no key for an estate: committee and name stand for one.
with housing as (
    select
        source_key,
        estate_name_key,
        committee_code
    from {{ ref('stg_property__estate') }}
    where is_live
),

standard as (
    select
        committee_code || '|' || estate_name_key as source_key,
        estate_name_key,
        committee_code
    from {{ ref('stg_police__bzdz') }}
    where is_live and estate_name_key is not null and committee_code is not null
    group by committee_code, estate_name_key
),

counted_housing as (
    select
        housing.*,
        count(*) over (partition by estate_name_key, committee_code) as same_place,
        count(*) over (partition by estate_name_key) as same_name
    from housing
),

counted_standard as (
    select
        standard.*,
        count(*) over (partition by estate_name_key) as same_name
    from standard
),

candidate as (
    select
        counted_housing.source_key as housing_key,
        counted_standard.source_key as standard_key
    from counted_housing
    inner join counted_standard
        on counted_housing.estate_name_key = counted_standard.estate_name_key
    where
        (counted_housing.committee_code = counted_standard.committee_code and counted_housing.same_place = 1)
        or (counted_housing.same_name = 1 and counted_standard.same_name = 1)
)

select
    'property' as source_system,
    'estate' as source_entity,
    source_key,
    estate_name_key,
    committee_code,
    'property.estate.' || source_key as cluster
from housing
union all
select
    'police' as source_system,
    'BZDZ' as source_entity,
    standard.source_key,
    standard.estate_name_key,
    standard.committee_code,
    coalesce('property.estate.' || candidate.housing_key, 'police.BZDZ.' || standard.source_key) as cluster
from standard
left join candidate on standard.source_key = candidate.standard_key
