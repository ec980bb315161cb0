-- One row a tag of a resident and the record that gives it. What counts as which tag is said by the seed tag_catalogue;
-- derived tags come from the warehouse's own tables: an age reached, an elder who is a household alone.
with derived as (
    select
        plain.resident_id,
        'resident' as source_entity,
        plain.resident_id as source_key,
        catalogue.source_code,
        {{ add_years('plain.birth_date', 'cast(catalogue.source_code as integer)') }} as valid_from
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
        'household' as source_entity,
        household.household_id as source_key,
        household.type as source_code,
        residence.valid_from
    from {{ ref('int_household__composed') }} as household
    inner join {{ ref('int_residence__weighed') }} as residence
        on
            household.head_resident_id = residence.resident_id
            and residence.kind = 'lives'
            and residence.is_current
    where household.type = 'alone' and household.elder_count = 1
),

said as (
    select
        resident_id,
        source_system,
        source_entity,
        source_key,
        source_code,
        detail,
        valid_from,
        valid_to
    from {{ ref('int_resident__stated') }}
    union all
    select
        resident_id,
        'derived' as source_system,
        source_entity,
        source_key,
        source_code,
        cast(null as varchar) as detail,
        valid_from,
        cast(null as date) as valid_to
    from derived
)

select
    said.resident_id,
    catalogue.tag_code,
    said.detail as tag_value,
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
