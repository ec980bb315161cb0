-- People who probably could have a benefit and do not receive it: one kind of task for each benefit.
select
    'entitlement_' || unclaimed.benefit_code as kind,
    unclaimed.resident_id as subject_id,
    resident.committee_code,
    unclaimed.evidence
from {{ ref('int_benefit__unclaimed') }} as unclaimed
inner join {{ ref('resident') }} as resident on unclaimed.resident_id = resident.resident_id
