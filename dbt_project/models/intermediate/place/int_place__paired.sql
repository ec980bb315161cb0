-- Places of the housing bureau and of the police list that are one: a key that only one record of each side has.
-- Elements that both sides know must not contradict each other; the fullest key decides, and each is paired once.
with keyed as (
    select
        kind,
        source_system,
        source_entity,
        source_key,
        key_text,
        lane,
        block,
        unit,
        part,
        missing_count,
        count(*) over (partition by kind, source_system, key_text) as sharing
    from {{ ref('int_place__key') }}
),

agreeing as (
    select
        housing.kind,
        housing.source_entity as housing_entity,
        housing.source_key as housing_key,
        standard.source_key as standard_key,
        min(housing.missing_count + standard.missing_count) as missing_count
    from keyed as housing
    inner join keyed as standard
        on housing.kind = standard.kind and housing.key_text = standard.key_text
    where
        housing.source_system = 'property' and standard.source_system = 'police'
        and housing.sharing = 1 and standard.sharing = 1
        {% for element in ['lane', 'block', 'unit', 'part'] -%}
            and coalesce(housing.{{ element }}, standard.{{ element }}, '')
            = coalesce(standard.{{ element }}, housing.{{ element }}, '')
        {% endfor %}
    group by housing.kind, housing.source_entity, housing.source_key, standard.source_key
),

ranked as (
    select
        kind,
        housing_entity,
        housing_key,
        standard_key,
        missing_count,
        row_number() over (partition by kind, housing_key order by missing_count, standard_key) as housing_choice,
        row_number() over (partition by kind, standard_key order by missing_count, housing_key) as standard_choice
    from agreeing
)

select
    kind,
    housing_entity,
    housing_key,
    standard_key,
    missing_count
from ranked
where housing_choice = 1 and standard_choice = 1
