{{ config(materialized='table') }}

-- What every active person counts for, flags being 0 or 1. Age is that of the calendar year, as it can be recomputed
-- from the published `birth_year`.
-- Who belongs to which group is said by `resident_tag` alone, so that every page and indicator counts the same people.
with resident as (
    select
        resident_id,
        street_code,
        committee_code,
        dwelling_id,
        household_id,
        resident_category,
        sex_code,
        id_token,
        source_count,
        completeness,
        extract(year from {{ as_of_date() }}) - birth_year as age
    from {{ ref('resident') }}
    where status = 'active'
),

dwelling as (
    select
        dwelling_id,
        estate_id
    from {{ ref('dwelling') }}
),

tagged as (
    select
        resident_id,
        max(case when tag_code in ('dibao', 'tekun', 'low_income') then 1 else 0 end) as is_assisted,
        max(case when tag_code = 'dibao' then 1 else 0 end) as is_dibao,
        max(case when tag_code = 'disabled' then 1 else 0 end) as is_disabled,
        max(case when tag_code = 'child_in_need' then 1 else 0 end) as is_child_in_need,
        max(case when tag_code = 'lone_elder' then 1 else 0 end) as is_lone_elder,
        max(case when tag_code = 'elder_household' then 1 else 0 end) as is_elder_household,
        max(case when tag_code = 'care_dependent' then 1 else 0 end) as is_care_dependent
    from {{ ref('resident_tag') }}
    where is_current
    group by resident_id
),

served as (
    select distinct resident_id
    from {{ ref('int_benefit__received') }}
    where source_entity = 'elderly-services'
),

equipped as (
    select distinct dwelling_id
    from {{ ref('device') }}
    where is_care_device and state <> 'retired' and dwelling_id is not null
)

select
    resident.resident_id,
    resident.street_code,
    resident.committee_code,
    dwelling.estate_id,
    resident.dwelling_id,
    resident.household_id,
    resident.resident_category,
    resident.sex_code,
    resident.age,
    resident.id_token,
    resident.source_count,
    resident.completeness,
    -- Without the police nobody has a category, and still people live here.
    case
        when resident.resident_category in ('registered_and_living', 'registered_elsewhere_living', 'abroad') then 1
        when resident.resident_category is null and resident.dwelling_id is not null then 1
        else 0
    end as is_living,
    case
        when resident.resident_category in ('registered_and_living', 'registered_living_elsewhere') then 1 else 0
    end as is_registered,
    case
        when resident.age >= {{ var('elder_age_from') }} then coalesce(tagged.is_lone_elder, 0) else 0
    end as is_lone_elder,
    case
        when resident.age >= {{ var('elder_age_from') }} then coalesce(tagged.is_elder_household, 0) else 0
    end as is_elder_household,
    case
        when resident.age >= {{ var('elder_age_from') }} then coalesce(tagged.is_care_dependent, 0) else 0
    end as is_care_dependent,
    coalesce(tagged.is_assisted, 0) as is_assisted,
    coalesce(tagged.is_dibao, 0) as is_dibao,
    coalesce(tagged.is_disabled, 0) as is_disabled,
    coalesce(tagged.is_child_in_need, 0) as is_child_in_need,
    case when equipped.dwelling_id is not null then 1 else 0 end as is_equipped,
    case when served.resident_id is not null then 1 else 0 end as is_served
from resident
left join dwelling on resident.dwelling_id = dwelling.dwelling_id
left join tagged on resident.resident_id = tagged.resident_id
left join served on resident.resident_id = served.resident_id
left join equipped on resident.dwelling_id = equipped.dwelling_id
