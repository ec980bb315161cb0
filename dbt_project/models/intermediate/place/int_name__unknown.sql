-- One row an address wording whose road or estate no place of the register bears: what it says besides, for learning
-- what it means. A hukou in another division is left out: its roads are another city's.
with known_division as (select distinct division_code from {{ ref('stg_police__bzdz') }} where is_live),

told as (
    select distinct
        listed.element_key,
        {{ element_columns('listed') }}
    from {{ ref('int_address__listed') }} as listed
    left join known_division on listed.division_code = known_division.division_code
    where
        (listed.division_code is null or known_division.division_code is not null)
        and (listed.gate is not null or listed.block is not null)
),

named as (
    {% for scope in ['road', 'estate'] -%}
        select
            '{{ scope }}' as scope,
            {{ scope }} as told_name,
            element_key,
            lane,
            sublane,
            coalesce(block, gate) as number,
            unit,
            room,
            part
        from told
        where {{ scope }} is not null
        {{ '' if loop.last else 'union all' }}
    {% endfor -%}
)

select
    named.scope,
    named.told_name,
    named.element_key,
    named.lane,
    named.sublane,
    named.number,
    named.unit,
    named.room,
    named.part
from named
left join {{ ref('int_name__known') }} as known on named.scope = known.scope and named.told_name = known.name
where known.name is null
