{{ config(materialized='table') }}

-- One row an active resident and rule of the seed person_rule whose conditions all hold today: an age in completed
-- years and every tag that the rule names. Who has no birth date meets no rule about age. `met_on` is the day on which
-- the last condition came true.
with rule as (
    select
        rule_code,
        age_from,
        age_to,
        tags
    from {{ ref('person_rule') }}
),

needed as (
    select
        rule_code,
        tag_code,
        count(*) over (partition by rule_code) as needed_count
    from {{ ref('int_rule__needed') }}
),

tag_name as (
    select distinct
        tag_code,
        label_zh
    from {{ ref('tag_catalogue') }}
),

-- A first day that only tells when the record was last changed is no evidence.
tagged as (
    select
        tag.resident_id,
        tag.tag_code,
        min(tag.valid_from) as valid_from,
        min(tag_name.label_zh) || '（' || {{ joined_values(
            "tag.source_system || '.' || tag.source_entity || ' ' || tag.source_key
            || case when tag.dated_by = 'source' then '，' || cast(tag.valid_from as varchar) || ' 起' else '' end",
            "'；'"
        ) }} || '）' as words
    from {{ ref('resident_tag') }} as tag
    inner join tag_name on tag.tag_code = tag_name.tag_code
    where tag.is_current
    group by tag.resident_id, tag.tag_code
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

candidate as (
    select
        needed.rule_code,
        tagged.resident_id,
        max(tagged.valid_from) as tagged_on,
        {{ joined_values('tagged.words', "'；'") }} as evidence
    from needed
    inner join tagged on needed.tag_code = tagged.tag_code
    group by needed.rule_code, tagged.resident_id, needed.needed_count
    having count(*) = needed.needed_count
    union all
    select
        rule.rule_code,
        person.resident_id,
        person.birth_date as tagged_on,
        cast(null as varchar) as evidence
    from rule
    inner join person on rule.tags is null and person.age >= coalesce(rule.age_from, 0)
)

select
    candidate.rule_code,
    person.resident_id,
    person.age,
    candidate.evidence,
    greatest(
        candidate.tagged_on,
        {{ add_years('person.birth_date', 'coalesce(rule.age_from, 0)') }}
    ) as met_on
from candidate
inner join rule on candidate.rule_code = rule.rule_code
inner join person on candidate.resident_id = person.resident_id
where
    (rule.age_from is null or person.age >= rule.age_from)
    and (rule.age_to is null or person.age <= rule.age_to)
