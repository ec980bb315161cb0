{{ config(materialized='view') }}

-- The latest state of every record of every feed, with what cleaning noted on it. Messages of devices are not listed:
-- there are millions, and they have no state.
{% set feeds = {
    'stg_property__estate': 'property.estate', 'stg_property__building': 'property.building',
    'stg_property__house': 'property.house', 'stg_property__owner': 'property.owner',
    'stg_property__lease': 'property.lease', 'stg_police__syrk': 'police.SYRK', 'stg_police__bzdz': 'police.BZDZ',
    'stg_civil__assistance_case': 'civil.assistance-cases',
    'stg_civil__assistance_case_member': 'civil.assistance-cases.member',
    'stg_civil__disability_certificate': 'civil.disability-certificates',
    'stg_civil__elderly_service': 'civil.elderly-services',
    'stg_civil__child_in_need': 'civil.children-in-need',
    'stg_device__register': 'device.register', 'stg_device__workorder': 'device.workorders',
    'stg_feedback__verdict': 'feedback.verdict',
} %}
{% for model, dataset in feeds.items() %}
    select
        '{{ dataset }}' as dataset,
        source_key,
        _issues as rules,
        is_live,
        _received_at as received_at
    from {{ ref(model) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
