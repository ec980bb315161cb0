-- Live records of one feed that cannot all be right beside each other: the same claim under two keys, shares of a
-- dwelling beyond the whole, a household with several heads.
with claim as (
    select
        'property.owner' as dataset,
        source_key,
        house_source_key,
        coalesce(id_number, id_evidence, '') || '|' || coalesce(name_key, '') as person,
        start_date,
        share_pct,
        end_date is null or end_date > {{ as_of_date() }} as is_current,
        _received_at as received_at
    from {{ ref('stg_property__owner') }}
    where is_live and house_source_key is not null and name_key is not null
    union all
    select
        'property.lease' as dataset,
        source_key,
        house_source_key,
        coalesce(id_number, id_evidence, '') || '|' || coalesce(name_key, '') as person,
        start_date,
        cast(null as double) as share_pct,
        true as is_current,
        _received_at as received_at
    from {{ ref('stg_property__lease') }}
    where is_live and house_source_key is not null and name_key is not null
),

resident as (
    select
        source_key,
        household_no,
        coalesce(id_number, name_key) as person,
        address_text,
        category_code,
        -- Who is registered here but lives elsewhere bears the relation of the household there.
        coalesce(relation_code in ('01', '02') and category_code <> '4', false) as is_head,
        _received_at as received_at
    from {{ ref('stg_police__syrk') }}
    where is_live and not is_cancelled
),

counted_claim as (
    select
        dataset,
        source_key,
        received_at,
        is_current,
        count(*) over (partition by dataset, house_source_key, person, start_date) as same_claims,
        sum(case when is_current then share_pct end) over (partition by dataset, house_source_key) as share_sum
    from claim
),

counted_resident as (
    select
        source_key,
        household_no,
        person,
        address_text,
        is_head,
        received_at,
        count(distinct case when is_head then person end) over (partition by household_no) as heads,
        count(*) over (partition by person, address_text, category_code) as same_records
    from resident
),

found as (
    select
        dataset,
        source_key,
        'RECORD-TWICE' as rule,
        '同一房屋的同一权利人重复登记' as detail,
        received_at
    from counted_claim
    where same_claims > 1
    union all
    select
        dataset,
        source_key,
        'SHARE-SUM' as rule,
        '同一房屋现有产权份额合计超过100%' as detail,
        received_at
    from counted_claim
    where is_current and share_sum > {{ var('most_share_pct') }}
    union all
    select
        'police.SYRK' as dataset,
        source_key,
        'HOUSEHOLD-HEADS' as rule,
        '同一户有多名户主' as detail,
        received_at
    from counted_resident
    where is_head and household_no is not null and heads > 1
    union all
    select
        'police.SYRK' as dataset,
        source_key,
        'RECORD-TWICE' as rule,
        '同一人在同一地址重复登记' as detail,
        received_at
    from counted_resident
    where same_records > 1 and person is not null and address_text is not null
)

select
    dataset,
    split_part(dataset, '.', 1) as owner_system,
    source_key,
    rule,
    detail,
    received_at as seen_at,
    true as is_open
from found
