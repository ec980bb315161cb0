{{ config(materialized='table') }}

-- What should be checked on the spot today, one row a kind and subject; an order of the level above is one of its own.
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
        union all
    {% endfor %}
    select
        'order' as subject,
        kind,
        order_id as subject_id,
        committee_code,
        evidence
    from {{ ref('int_inbound__placed') }}
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
