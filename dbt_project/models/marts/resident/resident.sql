with residence as (
    select
        resident_id,
        max(case when kind = 'lives' then dwelling_id end) as dwelling_id,
        max(case when kind = 'registered' then 1 else 0 end) as is_registered
    from {{ ref('int_residence__weighed') }}
    where is_current
    group by resident_id
),

described as (
    select
        status.resident_id,
        status.status,
        status.record_count,
        status.source_count,
        status.first_linked_at,
        plain.name,
        compound.surname,
        plain.sex_code,
        plain.birth_date,
        plain.id_kind,
        plain.id_number,
        plain.mobile,
        residence.dwelling_id,
        located.committee_code,
        located.street_code,
        coalesce(registered.is_from_abroad = 1, false) as is_from_abroad,
        coalesce(registered.is_registered = 1, false) or coalesce(residence.is_registered = 1, false) as is_registered,
        coalesce(registered.is_present = 1, false) or residence.dwelling_id is not null as is_living,
        -- Without any police record nobody can be said to be registered elsewhere.
        registered.resident_id is not null as is_known_to_police,
        count(registered.resident_id) over () > 0 as has_police
    from {{ ref('int_resident__status') }} as status
    left join {{ ref('int_resident__plain') }} as plain on status.resident_id = plain.resident_id
    left join {{ ref('compound_surname') }} as compound on substring(plain.name, 1, 2) = compound.surname
    left join residence on status.resident_id = residence.resident_id
    left join {{ ref('int_resident__registered') }} as registered on status.resident_id = registered.resident_id
    left join {{ ref('int_resident__located') }} as located on status.resident_id = located.resident_id
)

{% set filled = ['name', 'sex_code', 'birth_date', 'id_number', 'mobile', 'dwelling_id'] %}
select
    described.resident_id,
    {{ masked_name('described.name', 'described.surname') }} as name_masked,
    coalesce(described.sex_code, '0') as sex_code,
    cast(year(described.birth_date) as integer) as birth_year,
    token.id_token,
    token.phone_token,
    coalesce(described.id_kind, 'none') as id_kind,
    described.status,
    case
        when described.is_from_abroad then 'abroad'
        when not described.is_known_to_police and described.id_kind in (
            'passport', 'foreign_permanent', 'hmt_permit', 'hmt_residence', 'taiwan_permit'
        ) then 'abroad'
        when described.is_registered and described.is_living then 'registered_and_living'
        when described.is_registered then 'registered_living_elsewhere'
        when described.is_living and described.has_police then 'registered_elsewhere_living'
    end as resident_category,
    described.dwelling_id,
    member.household_id,
    described.committee_code,
    described.street_code,
    cast(described.record_count as bigint) as record_count,
    cast(described.source_count as bigint) as source_count,
    cast(round((
        {% for column in filled -%}
            case when described.{{ column }} is not null then 1 else 0 end{{ ' +' if not loop.last }}
        {% endfor -%}
    ) / {{ filled | length }}.0, 4) as double) as completeness,
    {{ shanghai_date('described.first_linked_at') }} as valid_from
from described
left join {{ ref('int_household__member') }} as member on described.resident_id = member.resident_id
left join {{ ref('stg_identity__token') }} as token on described.resident_id = token.resident_id
