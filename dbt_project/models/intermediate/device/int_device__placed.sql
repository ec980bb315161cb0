-- Where a device hangs: at its resolved address, else at the one estate that bears the name in the register.
with register as (
    select
        source_key,
        estate_name_key
    from {{ ref('stg_device__register') }}
),

resolution as (
    select
        source_key,
        grade,
        dwelling_id,
        building_id,
        estate_id
    from {{ ref('address_resolution') }}
    where source_system = 'device' and source_entity = 'register'
),

estate as (
    select
        estate_id,
        committee_code,
        estate_name_key
    from {{ ref('int_estate__named') }}
),

named as (
    select
        estate_name_key,
        min(estate_id) as estate_id
    from estate
    group by estate_name_key
    having count(distinct estate_id) = 1
),

located as (
    select
        register.source_key as device_id,
        resolution.dwelling_id,
        resolution.building_id,
        coalesce(resolution.estate_id, named.estate_id) as estate_id,
        case
            when resolution.estate_id is null and named.estate_id is not null then 'estate'
            else coalesce(resolution.grade, 'none')
        end as place_grade
    from register
    left join resolution on register.source_key = resolution.source_key
    left join named on register.estate_name_key = named.estate_name_key
)

select * from located
