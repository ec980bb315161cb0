{{ config(materialized='table') }}

-- One row a benefit, service or roll of civil affairs that a resident stands on today, and a care device at home.
-- `source_code` is the service or category; ROLL stands for being on the list at all.
with stated as (
    select
        resident_id,
        source_system,
        source_entity,
        source_key,
        source_code,
        valid_from,
        valid_to
    from {{ ref('int_resident__stated') }}
    where
        source_system = 'civil'
        and (source_entity <> 'disability-certificates' or source_code = 'VALID')
        and (valid_from is null or valid_from <= {{ as_of_date() }})
        and (valid_to is null or valid_to >= {{ as_of_date() }})
),

service as (
    select
        source_key,
        {{ explode_list('services') }} as source_code
    from {{ ref('stg_civil__elderly_service') }}
),

living as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where kind = 'lives' and is_current
),

device as (
    select
        device_id,
        dwelling_id,
        type
    from {{ ref('device') }}
    where is_care_device and state <> 'retired' and dwelling_id is not null
)

select
    resident_id,
    source_system,
    source_entity,
    source_key,
    case when source_entity = 'elderly-services' then 'ROLL' else source_code end as source_code,
    valid_from
from stated
union all
select
    stated.resident_id,
    stated.source_system,
    stated.source_entity,
    stated.source_key,
    service.source_code,
    cast(null as date) as valid_from
from stated
inner join service on stated.source_key = service.source_key
where stated.source_entity = 'elderly-services'
union all
select
    living.resident_id,
    'device' as source_system,
    'register' as source_entity,
    device.device_id as source_key,
    device.type as source_code,
    cast(null as date) as valid_from
from living
inner join device on living.dwelling_id = device.dwelling_id
