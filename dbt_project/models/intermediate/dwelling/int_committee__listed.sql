-- Every committee that any source names, with its street: as the police list says, else by the code's own first nine
-- digits.
with standard as (
    select
        committee_code,
        street_code,
        count(*) as address_count,
        avg(longitude) as longitude,
        avg(latitude) as latitude
    from {{ ref('stg_police__bzdz') }}
    where is_live and committee_code is not null
    group by committee_code, street_code
),

usual as (
    select
        committee_code,
        street_code,
        longitude,
        latitude,
        row_number() over (
            partition by committee_code
            order by case when street_code is null then 1 else 0 end asc, address_count desc, street_code asc
        ) as choice
    from standard
),

listed as (
    select committee_code from usual
    union
    select committee_code from {{ ref('stg_property__estate') }} where is_live and committee_code is not null
)

select
    listed.committee_code,
    coalesce(usual.street_code, substring(listed.committee_code, 1, 9)) as street_code,
    usual.longitude,
    usual.latitude
from listed
left join usual on listed.committee_code = usual.committee_code and usual.choice = 1
