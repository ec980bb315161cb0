-- One row an estate: its id, name, committee and what the housing bureau says of it.
with named as (
    select distinct
        cluster,
        place_id as estate_id
    from {{ ref('stg_identity__place_link') }}
    where kind = 'estate' and place_id is not null
),

paired as (select * from {{ ref('int_estate__paired') }}),

housing as (select * from {{ ref('stg_property__estate') }} where is_live),

standard as (
    select
        committee_code || '|' || estate_name_key as source_key,
        count(*) as address_count,
        min(estate_name) as estate_name,
        avg(longitude) as longitude,
        avg(latitude) as latitude
    from {{ ref('stg_police__bzdz') }}
    where is_live and estate_name_key is not null and committee_code is not null
    group by committee_code, estate_name_key
),

-- Of an estate in several committees: where the police list has most of its addresses.
main as (
    select
        paired.cluster,
        paired.committee_code,
        standard.longitude,
        standard.latitude,
        row_number() over (
            partition by paired.cluster order by standard.address_count desc, paired.committee_code asc
        ) as choice
    from paired
    inner join standard on paired.source_system = 'police' and paired.source_key = standard.source_key
)

select
    named.estate_id,
    paired.cluster,
    coalesce(max(housing.estate_name), max(standard.estate_name)) as estate_name,
    coalesce(max(housing.estate_name_key), max(paired.estate_name_key)) as estate_name_key,
    coalesce(max(main.committee_code), max(paired.committee_code)) as committee_code,
    max(housing.property_company) as property_company,
    max(housing.built_year) as built_year,
    coalesce(max(housing.longitude), max(main.longitude)) as longitude,
    coalesce(max(housing.latitude), max(main.latitude)) as latitude
from named
inner join paired on named.cluster = paired.cluster
left join housing on paired.source_system = 'property' and paired.source_key = housing.source_key
left join standard on paired.source_system = 'police' and paired.source_key = standard.source_key
left join main on paired.cluster = main.cluster and main.choice = 1
group by named.estate_id, paired.cluster
