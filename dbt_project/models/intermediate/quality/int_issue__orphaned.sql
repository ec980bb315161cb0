-- Live records that point at a record which is not there.
with house as (
    select
        source_key,
        building_source_key,
        _received_at as received_at
    from {{ ref('stg_property__house') }}
    where is_live
),

building as (
    select source_key
    from {{ ref('stg_property__building') }}
    where is_live
),

claim as (
    select
        'property.owner' as dataset,
        source_key,
        house_source_key,
        _received_at as received_at
    from {{ ref('stg_property__owner') }}
    where is_live
    union all
    select
        'property.lease' as dataset,
        source_key,
        house_source_key,
        _received_at as received_at
    from {{ ref('stg_property__lease') }}
    where is_live
),

workorder as (
    select
        source_key,
        alarm_id,
        _received_at as received_at
    from {{ ref('stg_device__workorder') }}
    where is_live
),

alarm as (
    select alarm_id from {{ ref('alarm') }}
),

sender as (
    select
        device_id,
        last_seen_at
    from {{ ref('int_device__observed') }}
),

register as (
    select source_key from {{ ref('stg_device__register') }}
),

orphan as (
    select
        'property.house' as dataset,
        house.source_key,
        'REF-BUILDING' as rule,
        '房屋所属楼栋不存在：' || coalesce(house.building_source_key, '（空）') as detail,
        house.received_at as seen_at
    from house
    left join building on house.building_source_key = building.source_key
    where building.source_key is null
    union all
    select
        claim.dataset,
        claim.source_key,
        'REF-HOUSE' as rule,
        '所属房屋不存在：' || coalesce(claim.house_source_key, '（空）') as detail,
        claim.received_at as seen_at
    from claim
    left join house on claim.house_source_key = house.source_key
    where house.source_key is null
    union all
    select
        'device.workorders' as dataset,
        workorder.source_key,
        'REF-ALARM' as rule,
        '工单所指告警不存在：' || coalesce(workorder.alarm_id, '（空）') as detail,
        workorder.received_at as seen_at
    from workorder
    left join alarm on workorder.alarm_id = alarm.alarm_id
    where alarm.alarm_id is null
    union all
    select
        'device.telemetry' as dataset,
        sender.device_id as source_key,
        'REF-DEVICE' as rule,
        '发送消息的设备不在台账中：' || sender.device_id as detail,
        sender.last_seen_at as seen_at
    from sender
    left join register on sender.device_id = register.source_key
    where register.source_key is null
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
