-- How much hangs on a pair: the indicator rows in which both people count, so that a merge would change them.
{% set measures = [
    ('living', 'is_living'), ('registered', 'is_registered'), ('lone_elder', 'is_lone_elder'),
    ('assisted', 'is_assisted'), ('disabled', 'is_disabled'), ('child_in_need', 'is_child_in_need'),
] %}
with pair as (
    select
        review_id,
        left_resident_id,
        right_resident_id
    from {{ ref('stg_identity__review') }}
),

resident as (
    select * from {{ ref('int_resident__flagged') }}
),

shared as (
    select
        pair.review_id,
        case when right_side.street_code is null then 0 else 1 end
        + case when right_side.committee_code is null then 0 else 1 end
        + case when right_side.estate_id is null then 0 else 1 end as area_count,
        {% for measure, flag in measures %}
            left_side.{{ flag }} * right_side.{{ flag }} as {{ measure }}{% if not loop.last %},{% endif %}
        {% endfor %}
    from pair
    inner join resident as left_side on pair.left_resident_id = left_side.resident_id
    inner join resident as right_side on pair.right_resident_id = right_side.resident_id
),

counted as (
    {% for measure, flag in measures %}
        select
            review_id,
            area_count,
            '{{ measure }}' as measure
        from shared
        where {{ measure }} = 1
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
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
        counted.review_id,
        counted.area_count,
        formula.indicator_code
    from counted
    inner join formula
        on counted.measure = formula.numerator_measure or counted.measure = formula.denominator_measure
)

select
    review_id,
    sum(area_count) as changed_report_count
from touched
group by review_id
