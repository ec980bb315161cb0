-- One row a wording of an address, told now or earlier, that opens with another city, or another district, than those
-- of this area: its road and numbers may sound as if they were ours. The area's own names are those that the police
-- list and the houses bear.
with own as (
    select address_text from {{ ref('stg_police__bzdz') }} where is_live
    union
    select address_text from {{ ref('stg_property__house') }} where is_live
),

own_city as (
    select distinct {{ told_city('address_text') }} as name
    from own
),

own_district as (
    select distinct {{ told_district('address_text') }} as name
    from own
),

told as (
    select
        source_system,
        source_entity,
        source_key,
        field,
        true as is_now,
        {{ told_city('address_text') }} as city,
        {{ told_district('address_text') }} as district
    from {{ ref('int_address__listed') }}
    where address_text is not null
    union
    select
        source_system,
        source_entity,
        source_key,
        field,
        false as is_now,
        city,
        district
    from {{ ref('int_address__retold') }}
),

-- A doubled name, a word before it (现住…) or the city above it is no other name: one holds the other.
compared as (
    select
        told.source_system,
        told.source_entity,
        told.source_key,
        told.field,
        told.is_now,
        told.city,
        told.district,
        told.city is not null and count(own_city.name) > 0
        and sum(
            case when contains(told.city, own_city.name) or contains(own_city.name, told.city) then 1 else 0 end
        ) = 0 as is_other_city,
        told.district is not null and count(own_district.name) > 0
        and sum(
            case
                when contains(told.district, own_district.name) or contains(own_district.name, told.district) then 1
                else 0
            end
        ) = 0 as is_other_district
    from told
    left join own_city on own_city.name is not null
    left join own_district on own_district.name is not null
    where told.city is not null or told.district is not null
    group by
        told.source_system, told.source_entity, told.source_key, told.field, told.is_now, told.city, told.district
)

select
    source_system,
    source_entity,
    source_key,
    field,
    is_now,
    city,
    district
from compared
where is_other_city or is_other_district
