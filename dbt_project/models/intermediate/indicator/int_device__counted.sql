-- Additive counts of devices in service as they stand now, at the finest area.
{% set measures = ['device', 'device_online', 'device_fault'] %}
with device as (
    select
        estate_id,
        committee_code,
        state
    from {{ ref('device') }}
    where state <> 'retired'
),

counted as (
    select
        device.committee_code,
        device.estate_id,
        {{ month_of(as_of_date()) }} as period,
        count(*) as device,
        sum(case when device.state = 'online' then 1 else 0 end) as device_online,
        sum(case when device.state = 'fault' then 1 else 0 end) as device_fault
    from device
    group by device.committee_code, device.estate_id
)

{{ unpivot_measures('counted', measures) }}
