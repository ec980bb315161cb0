with name as (
    select distinct
        benefit_code,
        name_zh
    from {{ ref('benefit') }}
),

answered as (
    select
        resident_id,
        kind,
        task_id,
        state,
        verdict,
        checked_at
    from {{ ref('task') }}
    where state <> 'settled'
)

select
    unclaimed.resident_id,
    unclaimed.benefit_code,
    name.name_zh as benefit_name,
    {{ as_of_date() }} as as_of_date,
    resident.committee_code,
    resident.street_code,
    unclaimed.rules,
    unclaimed.reason,
    unclaimed.evidence,
    unclaimed.met_on as entitled_from,
    answered.task_id,
    case
        when answered.verdict = 'confirmed' then 'confirmed'
        when answered.verdict = 'corrected' then 'rejected'
        when answered.verdict = 'unverifiable' then 'unverifiable'
        else 'candidate'
    end as state,
    answered.checked_at
from {{ ref('int_benefit__unclaimed') }} as unclaimed
inner join name on unclaimed.benefit_code = name.benefit_code
inner join {{ ref('resident') }} as resident on unclaimed.resident_id = resident.resident_id
inner join answered
    on unclaimed.resident_id = answered.resident_id and 'entitlement_' || unclaimed.benefit_code = answered.kind
