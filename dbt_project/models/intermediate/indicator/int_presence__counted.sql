-- Additive counts of people at the end of earlier months, from dated periods: who lived here, how old they were, which
-- tags they bore. They bear the names of those of this month (`int_resident__counted`).
-- Ages, like those, are of the calendar year; the committee is that of the dwelling of then, else that of today.
{% set measures = [
    'living', 'migrant', 'abroad', 'male', 'female', 'age_known', 'aged_0_14', 'aged_15_64', 'aged_60', 'aged_65',
    'aged_80', 'assisted', 'aged_dependent', 'age_unknown', 'dibao', 'living_housed', 'elder', 'lone_elder',
    'elder_household_member', 'disabled',
] %}
with month as (
    {{ earlier_months() }}
),

present as (
    select
        month.period,
        month.as_of,
        held.resident_id,
        held.resident_category,
        held.dwelling_id,
        coalesce(held.dwelling_id, held.registered_dwelling_id) as placed_dwelling_id,
        case when held.resident_category = 'registered_living_elsewhere' then 0 else 1 end as is_living
    from month
    inner join {{ ref('resident_category') }} as held
        on month.as_of >= held.valid_from and (held.valid_to is null or month.as_of <= held.valid_to)
),

tagged as (
    select
        month.period,
        tag.resident_id,
        max(case when tag.tag_code = 'dibao' then 1 else 0 end) as is_dibao,
        max(case when tag.tag_code in ('dibao', 'tekun', 'low_income') then 1 else 0 end) as is_assisted,
        max(case when tag.tag_code = 'disabled' then 1 else 0 end) as is_disabled,
        max(case when tag.tag_code = 'lone_elder' then 1 else 0 end) as is_lone_elder,
        max(case when tag.tag_code = 'elder_household' then 1 else 0 end) as is_elder_household
    from month
    inner join {{ ref('resident_tag') }} as tag
        on month.as_of >= tag.valid_from and (tag.valid_to is null or month.as_of <= tag.valid_to)
    group by month.period, tag.resident_id
),

person as (
    select
        present.period,
        present.resident_category,
        present.dwelling_id,
        present.is_living,
        resident.sex_code,
        year(present.as_of) - resident.birth_year as age,
        coalesce(dwelling.committee_code, resident.committee_code) as committee_code,
        dwelling.estate_id,
        case
            when year(present.as_of) - resident.birth_year >= {{ var('elder_age_from') }} then 1 else 0
        end as is_elder,
        coalesce(tagged.is_dibao, 0) as is_dibao,
        coalesce(tagged.is_assisted, 0) as is_assisted,
        coalesce(tagged.is_disabled, 0) as is_disabled,
        coalesce(tagged.is_lone_elder, 0) as is_lone_elder,
        coalesce(tagged.is_elder_household, 0) as is_elder_household
    from present
    inner join {{ ref('resident') }} as resident on present.resident_id = resident.resident_id
    left join {{ ref('dwelling') }} as dwelling on present.placed_dwelling_id = dwelling.dwelling_id
    left join tagged on present.resident_id = tagged.resident_id and present.period = tagged.period
),

counted as (
    select
        person.committee_code,
        person.estate_id,
        person.period,
        sum(person.is_living) as living,
        sum(case when person.resident_category = 'registered_elsewhere_living' then 1 else 0 end) as migrant,
        sum(case when person.resident_category = 'abroad' then 1 else 0 end) as abroad,
        sum(case when person.sex_code = '1' then person.is_living else 0 end) as male,
        sum(case when person.sex_code = '2' then person.is_living else 0 end) as female,
        sum(case when person.age is not null then person.is_living else 0 end) as age_known,
        sum(case when person.age between 0 and 14 then person.is_living else 0 end) as aged_0_14,
        sum(case when person.age between 15 and 64 then person.is_living else 0 end) as aged_15_64,
        sum(case when person.age >= 60 then person.is_living else 0 end) as aged_60,
        sum(case when person.age >= 65 then person.is_living else 0 end) as aged_65,
        sum(case when person.age >= 80 then person.is_living else 0 end) as aged_80,
        sum(person.is_living * person.is_assisted) as assisted,
        sum(case when person.age between 0 and 14 or person.age >= 65 then person.is_living else 0 end)
            as aged_dependent,
        sum(case when person.age is null then person.is_living else 0 end) as age_unknown,
        sum(person.is_living * person.is_dibao) as dibao,
        sum(case when person.dwelling_id is not null then person.is_living else 0 end) as living_housed,
        sum(person.is_living * person.is_elder) as elder,
        sum(person.is_living * person.is_elder * person.is_lone_elder) as lone_elder,
        sum(person.is_living * person.is_elder * person.is_elder_household) as elder_household_member,
        sum(person.is_living * person.is_disabled) as disabled
    from person
    group by person.committee_code, person.estate_id, person.period
)

{{ unpivot_measures('counted', measures) }}
