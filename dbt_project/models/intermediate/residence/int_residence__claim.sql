-- One row a record that says where somebody lives or is registered. Ended claims stay as history.
with resolved as (
    select
        address.source_system,
        address.source_entity,
        address.source_key,
        address.field,
        dwelling.dwelling_id
    from {{ ref('int_address__resolved') }} as address
    inner join {{ ref('int_dwelling__named') }} as dwelling on address.dwelling_cluster = dwelling.cluster
),

record as (
    select
        resident_id,
        source_system,
        source_entity,
        source_key,
        cast(source_updated_at as date) as observed_on
    from {{ ref('int_resident__record') }}
    where is_live
),

-- What each kind of record adds: its evidence code, its beginning, its end.
detail as (
    select
        'police' as source_system, 'SYRK' as source_entity, source_key, 'XZZ' as field,
        case category_code
            when '1' then 'police_present_registered'
            when '2' then 'police_present_migrant'
            else 'police_present_abroad'
        end as evidence_code,
        registered_date as valid_from,
        case when is_cancelled then cast(source_updated_at as date) end as valid_to
    from {{ ref('stg_police__syrk') }}
    where is_live and category_code in ('1', '2', '3')
    union all
    select
        'police', 'SYRK', source_key, 'HJDZ', 'police_hukou', registered_date,
        case when is_cancelled then cast(source_updated_at as date) end
    from {{ ref('stg_police__syrk') }}
    where is_live and category_code in ('1', '4')
    union all
    select
        'civil', 'assistance-cases', member.source_key, 'address', 'assistance_case',
        assistance_case.start_date, assistance_case.end_date
    from {{ ref('stg_civil__assistance_case_member') }} as member
    inner join {{ ref('stg_civil__assistance_case') }} as assistance_case
        on member.case_source_key = assistance_case.source_key
    where member.is_live
    union all
    select
        'civil', 'disability-certificates', source_key, 'address', 'disability_certificate',
        issued_date, cast(null as date)
    from {{ ref('stg_civil__disability_certificate') }}
    where is_live
    union all
    select
        'civil', 'elderly-services', source_key, 'address', 'elderly_service', cast(null as date), cast(null as date)
    from {{ ref('stg_civil__elderly_service') }}
    where is_live and coalesce(living_status, '') <> 'INSTITUTION'
    union all
    select
        'civil', 'children-in-need', source_key, 'address', 'child_in_need', cast(null as date), cast(null as date)
    from {{ ref('stg_civil__child_in_need') }}
    where is_live
    union all
    select 'device', 'register', source_key, 'address', 'care_device', installed_date, retired_date
    from {{ ref('stg_device__register') }}
    where is_live
),

claim as (
    select
        record.resident_id,
        resolved.dwelling_id,
        detail.source_system,
        detail.source_entity,
        detail.source_key,
        detail.evidence_code,
        detail.valid_from,
        detail.valid_to,
        coalesce(record.observed_on, detail.valid_from) as observed_on
    from detail
    inner join record
        on
            detail.source_system = record.source_system
            and detail.source_entity = record.source_entity
            and detail.source_key = record.source_key
    inner join resolved
        on
            detail.source_system = resolved.source_system
            and detail.source_entity = resolved.source_entity
            and detail.source_key = resolved.source_key
            and detail.field = resolved.field
    union all
    select
        resident_id, dwelling_id, source_system, source_entity, source_key, 'lease' as evidence_code, valid_from, valid_to,
        observed_on
    from {{ ref('int_tenure__claimed') }}
    where kind = 'tenant'
)

select
    claim.*,
    weight.kind,
    weight.weight,
    weight.half_life_days,
    coalesce(claim.valid_to < {{ as_of_date() }}, false) as is_ended
from claim
inner join {{ ref('residence_evidence_weight') }} as weight on claim.evidence_code = weight.evidence_code
where claim.valid_from is null or claim.valid_from <= {{ as_of_date() }}
