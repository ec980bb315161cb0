{{ config(materialized='table') }}

-- One row a resident and benefit: the rules say that the person is probably entitled, and no source that the person
-- receives it. A candidate for people to check, never a decision. Who lives in an institution is cared for there, and
-- who lives in no dwelling of the street is another street's.
with rule as (
    select
        rule_code,
        outcome as benefit_code,
        {{ worded('reason_zh', {'age_from': 'age_from'}) }} as reason_zh
    from {{ ref('person_rule') }}
    where purpose = 'entitlement'
),

received as (
    select distinct
        received.resident_id,
        benefit.benefit_code
    from {{ ref('int_benefit__received') }} as received
    inner join {{ ref('benefit') }} as benefit
        on
            received.source_system = benefit.source_system
            and received.source_entity = benefit.source_entity
            and received.source_code = benefit.source_code
),

away as (
    select distinct resident_id
    from {{ ref('resident_tag') }}
    where tag_code = 'in_institution' and is_current
)

select
    met.resident_id,
    rule.benefit_code,
    {{ joined_values('rule.rule_code') }} as rules,
    {{ joined_values('rule.reason_zh', "'；'") }} as reason,
    {{ joined_values('met.evidence', "'；'") }} as evidence,
    min(met.met_on) as met_on
from {{ ref('int_rule__met') }} as met
inner join rule on met.rule_code = rule.rule_code
inner join {{ ref('int_residence__weighed') }} as residence
    on met.resident_id = residence.resident_id and residence.kind = 'lives' and residence.is_current
left join received on met.resident_id = received.resident_id and rule.benefit_code = received.benefit_code
left join away on met.resident_id = away.resident_id
where received.resident_id is null and away.resident_id is null
group by met.resident_id, rule.benefit_code
