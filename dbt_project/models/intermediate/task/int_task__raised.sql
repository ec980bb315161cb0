{{ config(materialized='table') }}

-- What should be checked on the spot today, one row a kind and subject.
{% set parts = [
    ('dwelling', 'dwelling'), ('dwelling', 'vacancy'), ('dwelling', 'crowding'), ('dwelling', 'hukou'),
    ('resident', 'resident'), ('resident', 'separation'), ('resident', 'benefit'), ('resident', 'entitlement'),
    ('resident', 'care'), ('device', 'device'),
] %}
with suspected as (
    {% for subject, part in parts %}
        select
            '{{ subject }}' as subject,
            kind,
            subject_id,
            committee_code,
            evidence
        from {{ ref('int_' ~ part ~ '__suspected') }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    {{ task_stem('kind', 'subject_id') }} || '-' || {{ evidence_digest('evidence') }} as task_id,
    subject,
    kind,
    subject_id,
    committee_code,
    evidence,
    {{ evidence_digest('evidence') }} as evidence_digest
from suspected
