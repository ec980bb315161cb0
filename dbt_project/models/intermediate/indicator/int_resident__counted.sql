-- Additive counts of people at the finest area, where they live. Where they are registered: int_registration__counted.
{% set measures = [
    'living', 'migrant', 'abroad', 'male', 'female', 'age_known', 'aged_0_14', 'aged_0_17',
    'aged_15_64', 'aged_60', 'aged_65', 'aged_80', 'lone_elder', 'lone_elder_equipped', 'assisted',
    'disabled', 'child_in_need', 'aged_dependent', 'age_unknown', 'lone_elder_served', 'elder_household_member',
    'care_dependent', 'dibao', 'living_housed', 'living_corroborated', 'living_documented', 'living_completeness', 'elder',
] %}
with resident as (
    select * from {{ ref('int_resident__flagged') }}
),

counted as (
    select
        committee_code,
        estate_id,
        {{ month_of(as_of_date()) }} as period,
        sum(is_living) as living,
        sum(case when resident_category = 'registered_elsewhere_living' then 1 else 0 end) as migrant,
        sum(case when resident_category = 'abroad' then 1 else 0 end) as abroad,
        sum(case when sex_code = '1' then is_living else 0 end) as male,
        sum(case when sex_code = '2' then is_living else 0 end) as female,
        sum(case when age is not null then is_living else 0 end) as age_known,
        sum(case when age between 0 and 14 then is_living else 0 end) as aged_0_14,
        sum(case when age between 0 and 17 then is_living else 0 end) as aged_0_17,
        sum(case when age between 15 and 64 then is_living else 0 end) as aged_15_64,
        sum(case when age >= 60 then is_living else 0 end) as aged_60,
        sum(case when age >= 65 then is_living else 0 end) as aged_65,
        sum(case when age >= 80 then is_living else 0 end) as aged_80,
        sum(is_living * is_lone_elder) as lone_elder,
        sum(is_living * is_lone_elder * is_equipped) as lone_elder_equipped,
        sum(is_living * is_assisted) as assisted,
        sum(is_living * is_disabled) as disabled,
        sum(case when age between 0 and 17 then is_living * is_child_in_need else 0 end) as child_in_need,
        sum(case when age between 0 and 14 or age >= 65 then is_living else 0 end) as aged_dependent,
        sum(case when age is null then is_living else 0 end) as age_unknown,
        sum(is_living * is_lone_elder * is_served) as lone_elder_served,
        sum(is_living * is_elder_household) as elder_household_member,
        sum(is_living * is_care_dependent) as care_dependent,
        sum(is_living * is_dibao) as dibao,
        sum(case when dwelling_id is not null then is_living else 0 end) as living_housed,
        sum(case when source_count >= 2 then is_living else 0 end) as living_corroborated,
        sum(case when id_token is not null then is_living else 0 end) as living_documented,
        sum(is_living * completeness) as living_completeness,
        sum(case when age >= {{ var('elder_age_from') }} then is_living else 0 end) as elder
    from resident
    group by committee_code, estate_id
)

{{ unpivot_measures('counted', measures) }}
