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

counted as (
    select
        estate.committee_code,
        resolution.estate_id,
        {{ month_of(as_of_date()) }} as period,
        count(*) as address,
        sum(resolution.is_standard) as address_standard
    from resolution
    left join estate on resolution.estate_id = estate.estate_id
    group by estate.committee_code, resolution.estate_id
)

{{ unpivot_measures('counted', measures) }}
