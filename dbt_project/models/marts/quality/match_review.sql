with review as (
    select * from {{ ref('stg_identity__review') }}
),

resident as (
    select
        resident_id,
        name_masked,
        sex_code,
        birth_year,
        committee_code
    from {{ ref('resident') }}
),

weighed as (
    select * from {{ ref('int_review__weighed') }}
)

select
    review.review_id,
    review.left_system,
    review.left_entity,
    review.left_key,
    review.left_resident_id,
    left_resident.name_masked as left_name_masked,
    left_resident.sex_code as left_sex_code,
    left_resident.birth_year as left_birth_year,
    review.right_system,
    review.right_entity,
    review.right_key,
    review.right_resident_id,
    right_resident.name_masked as right_name_masked,
    right_resident.sex_code as right_sex_code,
    right_resident.birth_year as right_birth_year,
    coalesce(left_resident.committee_code, right_resident.committee_code) as committee_code,
    review.score,
    review.reasons,
    review.rule_code,
    review.veto_codes,
    cast(coalesce(weighed.changed_report_count, 0) as bigint) as changed_report_count,
    review.state
from review
left join resident as left_resident on review.left_resident_id = left_resident.resident_id
left join resident as right_resident on review.right_resident_id = right_resident.resident_id
left join weighed on review.review_id = weighed.review_id
