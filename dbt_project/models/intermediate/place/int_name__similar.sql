-- Names that the register does not bear, beside names of it that differ in one sign.
-- Signs that tell names apart (numerals, directions, new and old) are never a slip. `is_alike`: the signs sound alike.
{% set longest = 14 -%}
with place as (
    {% for place in range(1, longest + 1) -%}
        select {{ place }} as place
        {{ '' if loop.last else 'union all' }}
    {% endfor -%}
),

trait as (select * from {{ ref('name_sign') }}),

told_sign as (
    select distinct
        told.scope,
        told.told_name,
        substring(told.told_name, 1, place.place - 1) || '?' || substring(told.told_name, place.place + 1) as mask,
        substring(told.told_name, 1, place.place - 1) || substring(told.told_name, place.place + 1) as shorter,
        substring(told.told_name, place.place, 1) as sign
    from {{ ref('int_name__unknown') }} as told
    inner join place on place.place <= length(told.told_name)
    where length(told.told_name) between 3 and {{ longest }}
),

known_sign as (
    select distinct
        known.scope,
        known.name,
        substring(known.name, 1, place.place - 1) || '?' || substring(known.name, place.place + 1) as mask,
        substring(known.name, 1, place.place - 1) || substring(known.name, place.place + 1) as shorter,
        substring(known.name, place.place, 1) as sign
    from (select distinct
        numbered.scope,
        numbered.name
    from {{ ref('int_name__numbered') }} as numbered) as known
    inner join place on place.place <= length(known.name)
    where length(known.name) between 3 and {{ longest }}
),

slip as (
    select
        told.scope,
        told.told_name,
        known.name,
        told.sign as told_sign,
        known.sign as known_sign
    from told_sign as told
    inner join known_sign as known on told.scope = known.scope and told.mask = known.mask
    union
    select
        told.scope,
        told.told_name,
        known.name,
        '' as told_sign,
        known.sign as known_sign
    from told_sign as told
    inner join known_sign as known on told.scope = known.scope and told.told_name = known.shorter
    union
    select
        told.scope,
        told.told_name,
        known.name,
        told.sign as told_sign,
        '' as known_sign
    from told_sign as told
    inner join known_sign as known on told.scope = known.scope and told.shorter = known.name
),

judged as (
    select
        slip.scope,
        slip.told_name,
        slip.name,
        max(case
            when
                trait.kind <> 'apart' and slip.told_sign <> '' and slip.known_sign <> ''
                and position(slip.told_sign in trait.signs) > 0 and position(slip.known_sign in trait.signs) > 0
                then 1
            else 0
        end) as alike,
        max(case when trait.kind = 'apart' and (
            (slip.told_sign <> '' and position(slip.told_sign in trait.signs) > 0)
            or (slip.known_sign <> '' and position(slip.known_sign in trait.signs) > 0)
        ) then 1 else 0 end) as apart
    from slip
    cross join trait
    where trait.kind in ('sound', 'apart')
    group by slip.scope, slip.told_name, slip.name
)

select
    scope,
    told_name,
    name,
    alike = 1 as is_alike
from judged
where apart = 0
