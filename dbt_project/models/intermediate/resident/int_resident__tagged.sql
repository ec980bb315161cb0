-- One row a tag of a resident and the record that gives it. What counts as which tag is said by the seed tag_catalogue.
with record as (
    select
        resident_id,
        source_system,
        source_entity,
        source_key
    from {{ ref('int_resident__record') }}
    where is_live
),

-- What each source record says: a code of the catalogue, a value beside it, a period.
stated as (
    select
        'civil' as source_system, 'assistance-cases' as source_entity, member.source_key,
        assistance_case.category as source_code, cast(null as varchar) as tag_value,
        assistance_case.start_date as valid_from, assistance_case.end_date as valid_to
    from {{ ref('stg_civil__assistance_case_member') }} as member
    inner join {{ ref('stg_civil__assistance_case') }} as assistance_case
        on member.case_source_key = assistance_case.source_key
    union all
    select
        'civil', 'disability-certificates', source_key, certificate_status,
        coalesce(disability_kind_code, '?') || '/' || coalesce(disability_grade_code, '?'), issued_date, cast(null as date)
    from {{ ref('stg_civil__disability_certificate') }}
    union all
    select
        'civil', 'elderly-services', source_key, living_status, cast(null as varchar), cast(null as date), cast(null as date)
    from {{ ref('stg_civil__elderly_service') }}
    union all
    select 'civil', 'children-in-need', source_key, category, category, cast(null as date), cast(null as date)
    from {{ ref('stg_civil__child_in_need') }}
    union all
    select
        'police', 'SYRK', source_key, category_code, cast(null as varchar), registered_date,
        case when is_cancelled then cast(source_updated_at as date) end
    from {{ ref('stg_police__syrk') }}
),

sourced as (
    select
        record.resident_id,
        stated.source_code,
        stated.tag_value,
        stated.valid_from,
        stated.valid_to,
        record.source_system,
        record.source_entity,
        record.source_key
    from stated
    inner join record
        on
            stated.source_system = record.source_system
            and stated.source_entity = record.source_entity
            and stated.source_key = record.source_key
),

derived as (
    select
        plain.resident_id,
        catalogue.source_code,
        cast(null as varchar) as tag_value,
        {{ add_years('plain.birth_date', 'cast(catalogue.source_code as integer)') }} as valid_from,
        cast(null as date) as valid_to,
        'derived' as source_system,
        'resident' as source_entity,
        plain.resident_id as source_key
    from {{ ref('int_resident__plain') }} as plain
    inner join {{ ref('int_resident__status') }} as status on plain.resident_id = status.resident_id
    inner join {{ ref('tag_catalogue') }} as catalogue
        on catalogue.source_system = 'derived' and catalogue.source_entity = 'resident'
    where
        status.status = 'active'
        and {{ age_at('plain.birth_date', as_of_date()) }} >= cast(catalogue.source_code as integer)
    union all
    select
        household.head_resident_id as resident_id,
        household.type as source_code,
        cast(null as varchar) as tag_value,
        residence.valid_from,
        cast(null as date) as valid_to,
        'derived' as source_system,
        'household' as source_entity,
        household.household_id as source_key
    from {{ ref('int_household__composed') }} as household
    inner join {{ ref('int_residence__weighed') }} as residence
        on
            household.head_resident_id = residence.resident_id
            and residence.kind = 'lives'
            and residence.is_current
    where household.type = 'alone' and household.elder_count = 1
),

said as (
    select * from sourced
    union all
    select * from derived
)

select
    said.resident_id,
    catalogue.tag_code,
    said.tag_value,
    said.valid_from,
    said.valid_to,
    said.source_system,
    said.source_entity,
    said.source_key,
    catalogue.rule
from said
inner join {{ ref('tag_catalogue') }} as catalogue
    on
        said.source_system = catalogue.source_system
        and said.source_entity = catalogue.source_entity
        and said.source_code = catalogue.source_code
