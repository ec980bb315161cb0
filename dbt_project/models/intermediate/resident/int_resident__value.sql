-- One row a resident and attribute: the value that survives, by the rule seed, then the newest source time.
-- Live records go before those that have gone. Sources disagree when a live record of theirs says something else.
with record as (select * from {{ ref('int_resident__record') }}),

address as (
    select
        listed.source_system,
        listed.source_entity,
        listed.source_key,
        listed.address_text,
        resolved.dwelling_cluster
    from {{ ref('int_address__listed') }} as listed
    inner join {{ ref('int_address__resolved') }} as resolved
        on
            listed.source_system = resolved.source_system
            and listed.source_entity = resolved.source_entity
            and listed.source_key = resolved.source_key
            and listed.field = resolved.field
    where listed.field <> 'HJDZ' and listed.source_entity <> 'house' and listed.address_text is not null
),

candidate as (
    {% for attribute, value, compared, filled in [
        ('name', 'name', 'name_key', 'name_key is not null'),
        ('sex_code', 'sex_code', 'sex_code', "sex_code in ('1', '2')"),
        ('birth_date', 'cast(birth_date as varchar)', 'cast(birth_date as varchar)', 'birth_date is not null'),
        ('id_number', 'id_number', 'id_number', 'id_number is not null'),
        ('mobile', 'mobile', 'mobile', 'mobile is not null'),
    ] -%}
    select
        resident_id,
        '{{ attribute }}' as attribute,
        {{ value }} as value,
        {{ compared }} as compared,
        id_kind,
        source_system,
        source_entity,
        source_key,
        source_updated_at,
        is_live
    from record
    where {{ filled }}
    union all
    {% endfor -%}
    select
        record.resident_id,
        'address' as attribute,
        address.address_text as value,
        address.dwelling_cluster as compared,
        record.id_kind,
        record.source_system,
        record.source_entity,
        record.source_key,
        record.source_updated_at,
        record.is_live
    from record
    inner join address
        on
            record.source_system = address.source_system
            and record.source_entity = address.source_entity
            and record.source_key = address.source_key
),

ranked as (
    select
        candidate.*,
        row_number() over (
            partition by candidate.resident_id, candidate.attribute
            order by
                case when candidate.is_live then 0 else 1 end, rule.priority, candidate.source_updated_at desc nulls last,
                candidate.source_entity, candidate.source_key
        ) as choice
    from candidate
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
        ranked.is_live and ranked.compared <> winner.compared
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
