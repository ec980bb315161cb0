-- Every known fault of the data in one form, before owner and meaning are added.
{% for part in [
    'flagged', 'rejected', 'conflicting', 'orphaned', 'shared', 'contradicted', 'unplaced',
    'refused', 'reused', 'doubled',
] %}
    select
        dataset,
        owner_system,
        source_key,
        rule,
        detail,
        seen_at,
        is_open
    from {{ ref('int_issue__' ~ part) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
