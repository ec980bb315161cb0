-- This week anew, and the weeks before as they were told last.
with week as (
    {% for model in ['int_agreement__counted', 'stg_run__known_agreement'] %}
        select
            week_start,
            committee_code,
            left_system,
            right_system,
            attribute,
            matched_count,
            conflicting_count,
            left_only_count,
            right_only_count
        from {{ ref(model) }}
        {% if model.startswith('stg_') %}
            where
                week_start < cast(date_trunc('week', {{ as_of_date() }}) as date)
                and week_start >= {{ as_of_date() }} - {{ var('agreement_weeks') * 7 }}
        {% endif %}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    week_start,
    committee_code,
    left_system,
    right_system,
    attribute,
    matched_count,
    conflicting_count,
    left_only_count,
    right_only_count,
    left_only_count + right_only_count as unmatched_count,
    case
        when matched_count + conflicting_count > 0
            then cast(matched_count as double) / (matched_count + conflicting_count)
    end as agreement_rate
from week
