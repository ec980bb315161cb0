-- One row a resident, attribute and record that says something of it, with what it says in a form that can be compared.
-- Names are compared by their match form, addresses by the dwelling they lead to.
-- A number that is another's (a child under its mother's) is no value of whoever bears it: identity gave that person no
-- token, or the number is told of somebody else too and tells another birth date than the record.
-- What a visit corrected stands beside what the lists say.
with record as (select * from {{ ref('int_resident__record') }}),

told_number as (
    select id_number
    from record
    where id_number is not null
    group by id_number
    having count(distinct resident_id) > 1
),

numbered as (
    select
        record.resident_id,
        record.source_system,
        record.source_entity,
        record.source_key,
        record.source_updated_at,
        record.is_live,
        record.id_kind,
        record.id_number
    from record
    inner join {{ ref('stg_identity__token') }} as token
        on record.resident_id = token.resident_id and token.id_token is not null
    left join told_number
        on
            record.id_number = told_number.id_number
            and record.id_kind = 'citizen'
            and replace(cast(record.birth_date as varchar), '-', '') <> substring(record.id_number, 7, 8)
    where record.id_number is not null and told_number.id_number is null
),

address as (
    select
        listed.source_system,
        listed.source_entity,
        listed.source_key,
        listed.address_text,
        resolved.dwelling_cluster
    from {{ ref('int_address__listed') }} as listed
    inner join {{ ref('int_address__resolved') }} as resolved
        on
            {{ same_record('listed', 'resolved') }}
            and listed.field = resolved.field
    where listed.field <> 'HJDZ' and listed.source_entity <> 'house' and listed.address_text is not null
),

addressed as (
    select
        record.resident_id,
        record.source_system,
        record.source_entity,
        record.source_key,
        record.source_updated_at,
        record.is_live,
        record.id_kind,
        address.address_text,
        address.dwelling_cluster
    from record
    inner join address
        on
            {{ same_record('record', 'address') }}
)

{% for attribute, value, compared, filled, relation in [
    ('name', 'name', 'name_key', 'name_key is not null', 'record'),
    ('sex_code', 'sex_code', 'sex_code', "sex_code in ('1', '2')", 'record'),
    ('birth_date', 'cast(birth_date as varchar)', 'cast(birth_date as varchar)', 'birth_date is not null', 'record'),
    ('id_number', 'id_number', 'id_number', 'id_number is not null', 'numbered'),
    ('mobile', 'mobile', 'mobile', 'mobile is not null', 'record'),
    ('address', 'address_text', 'dwelling_cluster', 'address_text is not null', 'addressed'),
] %}
    select
        resident_id,
        '{{ attribute }}' as attribute,
        {{ value }} as value,
        {{ compared }} as compared,
        id_kind,
        source_system,
        source_entity,
        source_key,
        source_updated_at,
        is_live
    from {{ relation }}
    where {{ filled }}
    union all
{% endfor %}
select
    subject_id as resident_id,
    field_code as attribute,
    value,
    compared,
    cast(null as varchar) as id_kind,
    'feedback' as source_system,
    'verdict' as source_entity,
    source_key,
    checked_at as source_updated_at,
    true as is_live
from {{ ref('int_correction__made') }}
where subject = 'resident'
