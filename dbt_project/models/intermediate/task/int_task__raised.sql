{{ config(materialized='table') }}

-- What should be checked on the spot today, one row a kind and subject.
with suspected as (
    {% for subject in ['dwelling', 'resident', 'device'] %}
        select
            '{{ subject }}' as subject,
            kind,
            subject_id,
            committee_code,
            evidence,
            noticed_at
        from {{ ref('int_' ~ subject ~ '__suspected') }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    {{ task_id('kind', 'subject_id') }} as task_id,
    subject,
    kind,
    subject_id,
    committee_code,
    evidence,
    noticed_at
from suspected
