-- Live records that point at a record which is not there. A feed that never came says nothing about those that point
-- at it.
{% set pointers = [
    ('property.building', 'stg_property__building', 'estate_source_key', 'REF-ESTATE', 'stg_property__estate', 'source_key',
        '楼栋所属小区不存在'),
    ('property.house', 'stg_property__house', 'building_source_key', 'REF-BUILDING', 'stg_property__building', 'source_key',
        '房屋所属楼栋不存在'),
    ('property.owner', 'stg_property__owner', 'house_source_key', 'REF-HOUSE', 'stg_property__house', 'source_key',
        '所属房屋不存在'),
    ('property.lease', 'stg_property__lease', 'house_source_key', 'REF-HOUSE', 'stg_property__house', 'source_key',
        '所属房屋不存在'),
    ('police.SYRK', 'stg_police__syrk', 'standard_address_code', 'REF-ADDRESS-CODE', 'stg_police__bzdz', 'source_key',
        '标准地址编码不存在'),
    ('device.workorders', 'stg_device__workorder', 'alarm_id', 'REF-ALARM', 'int_alarm__raised', 'message_id', '工单所指告警不存在'),
    ('device.workorders', 'stg_device__workorder', 'device_id', 'REF-DEVICE', 'stg_device__register', 'source_key',
        '工单所指设备不在台账中'),
] %}
{% set living = ['stg_property__estate', 'stg_property__building', 'stg_property__house', 'stg_police__bzdz'] %}
{% set may_be_empty = ['standard_address_code', 'device_id'] %}
with orphan as (
    {% for dataset, child, column, rule, parent, key, words in pointers %}
        select
            '{{ dataset }}' as dataset,
            child.source_key,
            '{{ rule }}' as rule,
            '{{ words }}：' || coalesce(child.{{ column }}, '（空）') as detail,
            child._received_at as seen_at
        from {{ ref(child) }} as child
        left join {{ ref(parent) }} as parent
            on child.{{ column }} = parent.{{ key }}{{ ' and parent.is_live' if parent in living }}
        where
            child.is_live and parent.{{ key }} is null
            {{ 'and child.' ~ column ~ ' is not null' if column in may_be_empty }}
            and exists (select 1 from {{ ref(parent) }})
        union all
    {% endfor %}
    select
        'device.telemetry' as dataset,
        sender.device_id as source_key,
        'REF-DEVICE' as rule,
        '发送消息的设备不在台账中：' || sender.device_id as detail,
        sender.last_seen_at as seen_at
    from {{ ref('int_device__observed') }} as sender
    left join {{ ref('stg_device__register') }} as register on sender.device_id = register.source_key
    where register.source_key is null and exists (select 1 from {{ ref('stg_device__register') }})
)

select
    dataset,
    split_part(dataset, '.', 1) as owner_system,
    source_key,
    rule,
    detail,
    seen_at,
    true as is_open
from orphan
