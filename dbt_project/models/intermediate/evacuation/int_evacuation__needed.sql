-- One row a resident who lives in a dwelling of the street and needs help getting out, by a rule of the seed
-- person_rule. Who lives in an institution is not at home.
with rule as (
    select
        rule_code,
        outcome,
        priority,
        {{ worded('reason_zh', {'age_from': 'age_from'}) }} as reason_zh
    from {{ ref('person_rule') }}
    where purpose = 'evacuation'
),

living as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where kind = 'lives' and is_current
),

away as (
    select distinct resident_id
    from {{ ref('resident_tag') }}
    where tag_code = 'in_institution' and is_current
),

need as (
    select
        met.resident_id,
        living.dwelling_id,
        {{ joined_values('rule.outcome') }} as need_codes,
        {{ joined_values('rule.reason_zh', "'、'") }} as need,
        min(rule.priority) as priority
    from {{ ref('int_rule__met') }} as met
    inner join rule on met.rule_code = rule.rule_code
    inner join living on met.resident_id = living.resident_id
    left join away on met.resident_id = away.resident_id
    where away.resident_id is null
    group by met.resident_id, living.dwelling_id
),

helper as (
    select
        living.dwelling_id,
        count(*) as helper_count
    from living
    inner join {{ ref('int_household__member') }} as member on living.resident_id = member.resident_id
    left join need on living.resident_id = need.resident_id
    where need.resident_id is null and member.age between {{ var('helper_age_from') }} and {{ var('helper_age_to') }}
    group by living.dwelling_id
)

select
    need.resident_id,
    need.dwelling_id,
    need.need_codes,
    need.need,
    need.priority,
    coalesce(helper.helper_count, 0) as helper_count
from need
left join helper on need.dwelling_id = helper.dwelling_id
