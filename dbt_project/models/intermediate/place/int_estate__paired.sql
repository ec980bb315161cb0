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

-- The same name in the same committee; else a name that each department knows only once.
pair as (
    select
        housing.source_key as housing_key,
        standard.source_key as standard_key
    from housing
    inner join standard on housing.estate_name_key = standard.estate_name_key
    where
        (housing.committee_code = standard.committee_code and housing.same_place = 1)
        or (housing.same_name = 1 and standard.same_name = 1)
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
left join pair on standard.source_key = pair.standard_key
