-- One row a resident and attribute: the value that survives, by the rule seed, then the newest source time.
-- Live records go before those that have gone. Sources disagree when a live record of theirs says something else of the
-- person; a case's telephone is its household's (is_own false) and contradicts nobody.
with ranked as (
    select
        candidate.resident_id,
        candidate.attribute,
        candidate.value,
        candidate.compared,
        candidate.id_kind,
        candidate.source_system,
        candidate.source_entity,
        candidate.source_key,
        candidate.source_updated_at,
        candidate.is_live,
        rule.is_own,
        row_number() over (
            partition by candidate.resident_id, candidate.attribute
            order by
                case when candidate.is_live then 0 else 1 end asc, rule.priority asc,
                candidate.source_updated_at desc nulls last, candidate.source_entity asc, candidate.source_key asc
        ) as choice
    from {{ ref('int_resident__valued') }} as candidate
    inner join {{ ref('survivorship_rule') }} as rule
        on
            candidate.attribute = rule.attribute
            and candidate.source_system = rule.source_system
            and candidate.source_entity = rule.source_entity
),

winner as (select * from ranked where choice = 1),

opposed as (
    select
        ranked.resident_id,
        ranked.attribute,
        count(distinct ranked.source_system || '.' || ranked.source_entity) as disagreeing_sources
    from ranked
    inner join winner on ranked.resident_id = winner.resident_id and ranked.attribute = winner.attribute
    where
        ranked.is_live and ranked.is_own and winner.is_own and ranked.compared <> winner.compared
        and (ranked.source_system <> winner.source_system or ranked.source_entity <> winner.source_entity)
    group by ranked.resident_id, ranked.attribute
)

select
    winner.resident_id,
    winner.attribute,
    winner.value,
    winner.id_kind,
    winner.source_system,
    winner.source_entity,
    winner.source_key,
    winner.source_updated_at,
    coalesce(opposed.disagreeing_sources, 0) as disagreeing_sources
from winner
left join opposed on winner.resident_id = opposed.resident_id and winner.attribute = opposed.attribute
