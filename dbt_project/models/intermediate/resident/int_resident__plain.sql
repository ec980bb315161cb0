-- One row a resident with the plain identifying values. Never published: the vault seals it, masks are made from it.
with resident as (
    select distinct resident_id from {{ ref('stg_identity__resident_link') }}
),

value as (
    select
        resident_id,
        max(case when attribute = 'name' then value end) as name,
        max(case when attribute = 'sex_code' then value end) as sex_code,
        max(case when attribute = 'birth_date' then cast(value as date) end) as birth_date,
        max(case when attribute = 'id_number' then value end) as id_number,
        max(case when attribute = 'id_number' then id_kind end) as id_kind,
        max(case when attribute = 'mobile' then value end) as mobile,
        max(case when attribute = 'address' then value end) as address_text
    from {{ ref('int_resident__survived') }}
    group by resident_id
),

phone as (
    select
        resident_id,
        {{ explode_list('phones') }} as number
    from {{ ref('int_resident__record') }}
    where is_live
),

phones as (
    select
        resident_id,
        {{ joined_values('number') }} as phones
    from phone
    group by resident_id
)

select
    resident.resident_id,
    value.name,
    value.sex_code,
    value.birth_date,
    value.id_kind,
    value.id_number,
    value.mobile,
    phones.phones,
    value.address_text
from resident
left join value on resident.resident_id = value.resident_id
left join phones on resident.resident_id = phones.resident_id
