-- One row a record and dwelling where the record once said that somebody lives or is registered, and says so no more:
-- another dwelling followed, or the record is gone. What a key told while it was another person's is nothing of the one
-- who holds it now.
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
        told.first_told_at,
        told.last_told_at,
        coalesce(standard.cluster, found.dwelling_cluster) as cluster
    from {{ ref('int_address__retold') }} as told
    left join {{ ref('int_place__matched') }} as standard
        on
            standard.kind = 'dwelling'
            and standard.source_system = 'police'
            and told.standard_address_code = standard.source_key
    left join {{ ref('int_address__found') }} as found on told.element_key = found.element_key
    left join known_division on told.division_code = known_division.division_code
    left join {{ ref('int_address__outlying') }} as outlying
        on
            not outlying.is_now
            and {{ same_record('told', 'outlying') }}
            and told.field = outlying.field
            and coalesce(told.city, '') = coalesce(outlying.city, '')
            and coalesce(told.district, '') = coalesce(outlying.district, '')
    where
        (told.division_code is null or known_division.division_code is not null)
        -- As of what is told now: a code of the police list says more than a city in the text.
        and (outlying.source_key is null or standard.cluster is not null)
),

-- A case's address is that of each of its members.
member as (
    select
        case_source_key,
        source_key
    from {{ ref('stg_civil__assistance_case_member') }}
),

other as (
    select
        source_system,
        source_entity,
        source_key,
        told_at,
        max(cast(passed_at as date)) as passed_on
    from {{ ref('stg_identity__other_telling') }}
    group by source_system, source_entity, source_key, told_at
),

mine as (
    select
        retold.source_system,
        retold.source_entity,
        coalesce(member.source_key, retold.source_key) as source_key,
        retold.field,
        retold.source_code,
        retold.is_standing,
        retold.valid_from,
        retold.valid_to,
        retold.first_told_at,
        retold.last_told_at,
        retold.last_told_on,
        retold.cluster
    from retold
    left join member
        on retold.source_entity = 'assistance-cases' and retold.source_key = member.case_source_key
    where retold.source_entity <> 'assistance-cases' or member.source_key is not null
)

select
    mine.source_system,
    mine.source_entity,
    mine.source_key,
    mine.field,
    dwelling.dwelling_id,
    mine.source_code,
    bool_or(mine.is_standing) as is_standing,
    min(greatest(mine.valid_from, coalesce(begun.passed_on, mine.valid_from))) as valid_from,
    max(greatest(mine.valid_to, mine.valid_from, coalesce(begun.passed_on, mine.valid_from))) as valid_to,
    max(mine.last_told_on) as observed_on
from mine
inner join {{ ref('int_dwelling__named') }} as dwelling on mine.cluster = dwelling.cluster
left join other as begun
    on
        {{ same_record('mine', 'begun') }}
        and mine.first_told_at = begun.told_at
left join other as ended
    on
        {{ same_record('mine', 'ended') }}
        and mine.last_told_at = ended.told_at
where ended.source_key is null
group by
    mine.source_system, mine.source_entity, mine.source_key, mine.field, mine.source_code, dwelling.dwelling_id
