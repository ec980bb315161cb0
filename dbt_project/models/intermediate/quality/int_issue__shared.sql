-- Values that tell one person from another, but stand at people who cannot be one: a document number under names that
-- share no character, or under different names and telephones in one feed (a slip of the name leaves the telephone);
-- a telephone number at more people and homes than a family has.
-- It can be seen from the day on which the last of the records that bear the value came.
with person as (
    select
        source_system,
        source_system || '.' || source_entity as feed,
        source_system || '.' || source_entity || case when role = 'case_member' then '.member' else '' end as dataset,
        source_key,
        id_number,
        name_key,
        former_name_key,
        mobile,
        dwelling_cluster
    from {{ ref('int_person__record') }}
    where is_live and name_key is not null
),

record as (
    select
        person.dataset,
        person.feed,
        person.source_system,
        person.source_key,
        person.id_number,
        person.name_key,
        person.former_name_key,
        person.mobile,
        person.dwelling_cluster,
        max(listed.received_at) over (partition by person.id_number) as number_received_at,
        max(listed.received_at) over (partition by person.mobile) as mobile_received_at
    from person
    left join {{ ref('int_record__listed') }} as listed
        on person.dataset = listed.dataset and person.source_key = listed.source_key
),

named as (
    select distinct
        id_number,
        name_key,
        former_name_key,
        mobile,
        feed
    from record
    where id_number is not null and name_key not like '%?%'
),

shared_number as (
    select distinct one.id_number
    from named as one
    inner join named as other on one.id_number = other.id_number
    where
        one.name_key < other.name_key
        and (
            length(translate(one.name_key, other.name_key, '')) = length(one.name_key)
            or (one.feed = other.feed and one.mobile <> other.mobile)
        )
        and one.name_key <> coalesce(other.former_name_key, '')
        and other.name_key <> coalesce(one.former_name_key, '')
),

shared_mobile as (
    select mobile
    from record
    where mobile is not null
    group by mobile
    having
        count(distinct name_key) >= {{ var('shared_phone_names') }}
        and count(distinct dwelling_cluster) >= {{ var('shared_phone_dwellings') }}
),

found as (
    select
        record.dataset,
        record.source_system,
        record.source_key,
        record.number_received_at as seen_at,
        'ID-SHARED' as rule,
        '同一证件号码登记在不同姓名下' as detail
    from record
    inner join shared_number on record.id_number = shared_number.id_number
    union all
    select
        record.dataset,
        record.source_system,
        record.source_key,
        record.mobile_received_at as seen_at,
        'PHONE-SHARED' as rule,
        '同一电话登记在多户多人名下' as detail
    from record
    inner join shared_mobile on record.mobile = shared_mobile.mobile
)

select
    dataset,
    source_system as owner_system,
    source_key,
    rule,
    detail,
    seen_at,
    true as is_open
from found
