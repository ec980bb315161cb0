-- People of whom the police say one thing about living where they are registered, and other sources the contrary:
-- registered and living here, while they live at another dwelling; or living elsewhere, while they live in this street.
-- The contact of a device is often a child of the house who lives elsewhere: that alone says nothing, and neither does
-- a second address of the police's own.
with police as (
    select
        resident_id,
        is_elsewhere = 1 and is_present = 0 as is_away,
        is_registered = 1 and is_elsewhere = 0 as is_at_home
    from {{ ref('int_resident__registered') }}
),

living as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where
        kind = 'lives'
        and is_current
        and evidence not in ('device.register', 'police.SYRK', 'device.register,police.SYRK')
),

registered as (
    select
        resident_id,
        dwelling_id
    from {{ ref('int_residence__weighed') }}
    where kind = 'registered' and is_current
),

suspected as (
    select
        police.resident_id,
        living.dwelling_id,
        registered.dwelling_id as registered_dwelling_id,
        case when police.is_away then 'separation_in_suspected' else 'separation_out_suspected' end as kind
    from police
    inner join living on police.resident_id = living.resident_id
    left join registered on police.resident_id = registered.resident_id
    where police.is_away or (police.is_at_home and registered.dwelling_id <> living.dwelling_id)
)

select
    suspected.kind,
    suspected.resident_id as subject_id,
    min(resident.committee_code) as committee_code,
    {{ joined_values(record_words('stated', 'label'), "'；'") }}
    || '；居住 ' || min(suspected.dwelling_id)
    || coalesce('，户籍 ' || min(suspected.registered_dwelling_id), '') as evidence
from suspected
inner join {{ ref('int_resident__stated') }} as stated on suspected.resident_id = stated.resident_id
inner join {{ ref('resident') }} as resident on suspected.resident_id = resident.resident_id
left join {{ ref('evidence_label') }} as label
    on
        stated.source_system = label.source_system
        and stated.source_entity = label.source_entity
        and stated.source_code = label.source_code
group by suspected.kind, suspected.resident_id
