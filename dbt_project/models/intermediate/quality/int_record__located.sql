-- The residents' committee to which a record belongs, by the place that it is of or tells of; records without one are
-- left out. A hukou's address says where somebody is registered, and not where the record's work is.
with place as (
    {% for place in ['dwelling', 'building', 'estate'] %}
        select
            '{{ place }}' as kind,
            {{ place }}_id as place_id,
            committee_code
        from {{ ref(place) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

told as (
    {% for place in ['dwelling', 'building', 'estate'] %}
        select
            source_system || '.' || source_entity as dataset,
            source_key,
            '{{ place }}' as kind,
            {{ place }}_id as place_id
        from {{ ref('address_resolution') }}
        where field <> 'HJDZ' and {{ place }}_id is not null
        union all
    {% endfor %}
    select
        source_system || '.' || source_entity as dataset,
        source_key,
        kind,
        place_id
    from {{ ref('stg_identity__place_link') }}
),

placed as (
    select
        told.dataset,
        told.source_key,
        place.committee_code
    from told
    inner join place on told.kind = place.kind and told.place_id = place.place_id
),

following as (
    {% for dataset, model, column, followed in [
        ('property.owner', 'stg_property__owner', 'house_source_key', 'property.house'),
        ('property.lease', 'stg_property__lease', 'house_source_key', 'property.house'),
        ('civil.assistance-cases.member', 'stg_civil__assistance_case_member', 'case_source_key', 'civil.assistance-cases'),
    ] %}
        select
            '{{ dataset }}' as dataset,
            child.source_key,
            placed.committee_code
        from {{ ref(model) }} as child
        inner join placed on child.{{ column }} = placed.source_key and placed.dataset = '{{ followed }}'
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

served as (
    select
        workorder.source_key,
        device.committee_code
    from {{ ref('stg_device__workorder') }} as workorder
    inner join {{ ref('device') }} as device on workorder.device_id = device.device_id
),

known as (
    {% for step, dataset in [('placed', 'dataset'), ('following', 'dataset'), ('served', "'device.workorders'")] %}
        select
            {{ dataset }}{{ ' as dataset' if step == 'served' }},
            source_key,
            committee_code
        from {{ step }}
        union all
    {% endfor %}
    {% for dataset, model, key in [
        ('device.register', 'device', 'device_id'), ('device.telemetry', 'device', 'device_id'),
        ('resident', 'resident', 'resident_id'),
    ] %}
        select
            '{{ dataset }}' as dataset,
            {{ key }} as source_key,
            committee_code
        from {{ ref(model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    dataset,
    source_key,
    min(committee_code) as committee_code
from known
where committee_code is not null
group by dataset, source_key
