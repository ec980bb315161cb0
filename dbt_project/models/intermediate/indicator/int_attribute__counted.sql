-- Additive counts of the attributes of people living here that some source tells, and of those on which all sources
-- that tell them agree.
{% set measures = ['attribute', 'attribute_agreed'] %}
with attribute as (
    select
        resident_id,
        case when disagreeing_sources = 0 then 1 else 0 end as is_agreed
    from {{ ref('resident_provenance') }}
),

counted as (
    select
        resident.committee_code,
        resident.estate_id,
        {{ month_of(as_of_date()) }} as period,
        count(*) as attribute,
        sum(attribute.is_agreed) as attribute_agreed
    from attribute
    inner join {{ ref('int_resident__flagged') }} as resident on attribute.resident_id = resident.resident_id
    where resident.is_living = 1
    group by resident.committee_code, resident.estate_id
)

{{ unpivot_measures('counted', measures) }}
