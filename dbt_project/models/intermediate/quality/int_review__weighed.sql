-- How much hangs on a pair: the indicator rows in which the second person counts, which a merge would change.
with review as (
    select
        review_id,
        right_resident_id
    from {{ ref('stg_identity__review') }}
),

resident as (
    select * from {{ ref('int_resident__flagged') }}
),

counts_for as (
    select
        review.review_id,
        case when resident.street_code is null then 0 else 1 end
        + case when resident.committee_code is null then 0 else 1 end
        + case when resident.estate_id is null then 0 else 1 end as area_count,
        flagged.measure
    from review
    inner join resident on review.right_resident_id = resident.resident_id
    cross join unnest([
        case when resident.is_living = 1 then 'living' end,
        case when resident.is_registered = 1 then 'registered' end,
        case when resident.resident_category = 'registered_elsewhere_living' then 'migrant' end,
        case when resident.age >= 60 and resident.is_living = 1 then 'aged_60' end,
        case when resident.is_lone_elder = 1 then 'lone_elder' end,
        case when resident.is_assisted = 1 then 'assisted' end,
        case when resident.is_disabled = 1 then 'disabled' end,
        case when resident.is_child_in_need = 1 then 'child_in_need' end
    ]) as flagged (measure)
),

formula as (
    select
        indicator_code,
        numerator_measure,
        denominator_measure
    from {{ ref('indicator_formula') }}
),

touched as (
    select distinct
        counts_for.review_id,
        counts_for.area_count,
        formula.indicator_code
    from counts_for
    inner join formula
        on counts_for.measure = formula.numerator_measure or counts_for.measure = formula.denominator_measure
)

select
    review_id,
    sum(area_count) as changed_report_count
from touched
group by review_id
