-- One row a record and dwelling where the record once said that somebody lives or is registered, and says so no more:
-- another dwelling followed, or the record is gone.
with known_division as (
    select distinct division_code
    from {{ ref('stg_police__bzdz') }}
    where is_live and division_code is not null
),

retold as (
    select
        told.source_system,
        told.source_entity,
        told.source_key,
        told.field,
        told.source_code,
        told.is_standing,
        coalesce(case when told.is_first then told.valid_from end, told.first_told_on) as valid_from,
        coalesce({{ day_before('told.next_told_on') }}, told.last_told_on) as valid_to,
        told.last_told_on,
        coalesce(standard.cluster, found.dwelling_cluster) as cluster
    from {{ ref('int_address__retold') }} as told
    left join {{ ref('int_place__matched') }} as standard
        on
            standard.kind = 'dwelling'
            and standard.source_system = 'police'
            and told.standard_address_code = standard.source_key
    left join {{ ref('int_address__found') }} as found on told.element_key = found.element_key
    left join known_division on told.division_code = known_division.division_code
    where told.division_code is null or known_division.division_code is not null
),

-- A case's address is that of each of its members.
member as (
    select
        case_source_key,
        source_key
    from {{ ref('stg_civil__assistance_case_member') }}
)

select
    retold.source_system,
    retold.source_entity,
    coalesce(member.source_key, retold.source_key) as source_key,
    retold.field,
    dwelling.dwelling_id,
    retold.source_code,
    bool_or(retold.is_standing) as is_standing,
    min(retold.valid_from) as valid_from,
    max(greatest(retold.valid_to, retold.valid_from)) as valid_to,
    max(retold.last_told_on) as observed_on
from retold
inner join {{ ref('int_dwelling__named') }} as dwelling on retold.cluster = dwelling.cluster
left join member
    on retold.source_entity = 'assistance-cases' and retold.source_key = member.case_source_key
where retold.source_entity <> 'assistance-cases' or member.source_key is not null
group by
    retold.source_system, retold.source_entity, coalesce(member.source_key, retold.source_key), retold.field,
    retold.source_code, dwelling.dwelling_id
