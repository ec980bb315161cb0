with dated as (
    {% for part, condition in [('claimed', 'where claim_count = 1'), ('untangled', '')] %}
        select
            resident_id,
            tag_code,
            tag_value,
            valid_from,
            valid_to,
            dated_by,
            source_system,
            source_entity,
            source_key,
            rule
        from {{ ref('int_tag__' ~ part) }}
        {{ condition }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    dated.resident_id,
    dated.tag_code,
    dated.tag_value,
    dated.valid_from,
    dated.valid_to,
    status.status = 'active'
    and dated.valid_from <= {{ as_of_date() }}
    and (dated.valid_to is null or dated.valid_to >= {{ as_of_date() }}) as is_current,
    dated.dated_by,
    dated.source_system,
    dated.source_entity,
    dated.source_key,
    dated.rule
from dated
inner join {{ ref('int_resident__status') }} as status on dated.resident_id = status.resident_id
