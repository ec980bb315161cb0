-- One row a tag that follows from the warehouse's own tables: an age reached, an elder alone, a household of elders
-- only. Ages are parameters of the seed tag_catalogue. A tag of a household begins when its last condition came true:
-- its youngest member reached the age and its latest had moved in.
with rule as (
    select
        tag_code,
        source_entity,
        source_code,
        age_from,
        rule
    from {{ ref('tag_catalogue') }}
    where source_system = 'derived'
),

person as (
    select
        plain.resident_id,
        plain.birth_date,
        {{ age_at('plain.birth_date', as_of_date()) }} as age
    from {{ ref('int_resident__plain') }} as plain
    inner join {{ ref('int_resident__status') }} as status on plain.resident_id = status.resident_id
    where status.status = 'active'
),

member as (
    select
        member.household_id,
        member.resident_id,
        member.birth_date,
        member.age,
        residence.valid_from
    from {{ ref('int_household__member') }} as member
    inner join {{ ref('int_residence__weighed') }} as residence
        on
            member.resident_id = residence.resident_id
            and residence.kind = 'lives'
            and residence.is_current
),

household as (
    select
        household_id,
        count(*) as size,
        max(birth_date) as youngest_birth_date,
        max(valid_from) as settled_on
    from member
    group by household_id
    having count(age) = count(*)
),

qualified as (
    select
        household.household_id,
        rule.tag_code,
        rule.rule,
        {{ add_years('household.youngest_birth_date', 'rule.age_from') }} as aged_on,
        household.settled_on
    from household
    inner join rule
        on
            rule.source_entity = 'household'
            and (rule.source_code = 'elders' or (rule.source_code = 'alone' and household.size = 1))
            and {{ age_at('household.youngest_birth_date', as_of_date()) }} >= rule.age_from
)

select
    person.resident_id,
    rule.tag_code,
    {{ add_years('person.birth_date', 'rule.age_from') }} as valid_from,
    'resident' as source_entity,
    person.resident_id as source_key,
    rule.rule
from person
inner join rule on rule.source_entity = 'resident' and person.age >= rule.age_from
union all
select
    member.resident_id,
    qualified.tag_code,
    greatest(qualified.aged_on, coalesce(qualified.settled_on, qualified.aged_on)) as valid_from,
    'household' as source_entity,
    qualified.household_id as source_key,
    qualified.rule
from qualified
inner join member on qualified.household_id = member.household_id
