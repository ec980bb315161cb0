-- One row a record and dwelling where the record once said that somebody lives or is registered, and says so no more:
-- another dwelling followed, or the record is gone. What a key told while it was another person's is nothing of the one
-- who holds it now. A case's address is that of each of its members.
with member as (
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
        max({{ shanghai_date('passed_at') }}) as passed_on
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
    from {{ ref('int_residence__retold') }} as retold
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
