{% for part in ['int_household__family', 'int_household__cared'] %}
    select
        resident_id,
        relative_resident_id,
        kind,
        source_system,
        source_entity,
        source_key
    from {{ ref(part) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
