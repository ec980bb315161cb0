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

place as (
    select
        cluster,
        min(place_id) as place_id
    from {{ ref('stg_identity__place_link') }}
    where kind = 'estate'
    group by cluster
),

named as (
    select
        alias.key_text as estate_name_key,
        place.place_id as estate_id
    from {{ ref('int_estate__alias') }} as alias
    inner join place on alias.cluster = place.cluster
    where alias.scope = 'name'
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
