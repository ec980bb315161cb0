with status as (select * from {{ ref('int_resident__status') }}),

plain as (
    select
        plain.*,
        compound.surname
    from {{ ref('int_resident__plain') }} as plain
    left join {{ ref('compound_surname') }} as compound on substring(plain.name, 1, 2) = compound.surname
),

lives as (
    select * from {{ ref('int_residence__weighed') }}
    where kind = 'lives' and is_current
),

-- Without any police record nobody can be said to be registered here or elsewhere.
coverage as (select count(*) as police_count from {{ ref('int_resident__registered') }}),

described as (
    select
        status.resident_id,
        {{ masked_name('plain.name', 'plain.surname') }} as name_masked,
        coalesce(plain.sex_code, '0') as sex_code,
        cast(year(plain.birth_date) as integer) as birth_year,
        token.id_token,
        token.phone_token,
        coalesce(plain.id_kind, 'none') as id_kind,
        status.status,
        case
            when registered.is_from_abroad = 1 then 'abroad'
            when coalesce(registered.police_count, 0) = 0 and plain.id_kind in (
                'passport', 'foreign_permanent', 'hmt_permit', 'hmt_residence', 'taiwan_permit'
            ) then 'abroad'
            when registered.is_registered = 1 and (registered.is_present = 1 or lives.dwelling_id is not null)
                then 'registered_and_living'
            when registered.is_registered = 1 then 'registered_living_elsewhere'
            when registered.is_present = 1 then 'registered_elsewhere_living'
            when lives.dwelling_id is not null and coverage.police_count > 0 then 'registered_elsewhere_living'
        end as resident_category,
        lives.dwelling_id,
        member.household_id,
        located.committee_code,
        located.street_code,
        cast(status.record_count as bigint) as record_count,
        cast(status.source_count as bigint) as source_count,
        cast(round((
            case when plain.name is not null then 1 else 0 end
            + case when plain.sex_code is not null then 1 else 0 end
            + case when plain.birth_date is not null then 1 else 0 end
            + case when plain.id_number is not null then 1 else 0 end
            + case when plain.mobile is not null then 1 else 0 end
            + case when lives.dwelling_id is not null then 1 else 0 end
        ) / 6.0, 4) as double) as completeness,
        cast(status.first_linked_at as date) as valid_from
    from status
    cross join coverage
    left join plain on status.resident_id = plain.resident_id
    left join lives on status.resident_id = lives.resident_id
    left join {{ ref('int_resident__registered') }} as registered on status.resident_id = registered.resident_id
    left join {{ ref('int_household__member') }} as member on status.resident_id = member.resident_id
    left join {{ ref('int_resident__located') }} as located on status.resident_id = located.resident_id
    left join {{ ref('stg_identity__token') }} as token on status.resident_id = token.resident_id
)

select * from described
