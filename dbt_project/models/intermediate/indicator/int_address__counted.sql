-- Additive counts of source addresses at the finest area that each was resolved to.
{% set measures = ['address', 'address_standard'] %}
with resolution as (
    select
        estate_id,
        case when grade in ('exact', 'dwelling') then 1 else 0 end as is_standard
    from {{ ref('address_resolution') }}
),

estate as (
    select
        estate_id,
        committee_code
    from {{ ref('estate') }}
),

committee as (
    select
        committee_code,
        street_code
    from {{ ref('committee') }}
),

counted as (
    select
        committee.street_code,
        estate.committee_code,
        resolution.estate_id,
        {{ month_of(as_of_date()) }} as period,
        count(*) as address,
        sum(resolution.is_standard) as address_standard
    from resolution
    left join estate on resolution.estate_id = estate.estate_id
    left join committee on estate.committee_code = committee.committee_code
    group by committee.street_code, estate.committee_code, resolution.estate_id
)

{{ unpivot_measures('counted', measures) }}
