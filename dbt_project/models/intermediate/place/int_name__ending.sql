-- Estates that the register bears under another ending: 阳光小区 for 阳光花园. An ending that is left out counts too.
with ending as (select coalesce(signs, '') as signs from {{ ref('name_sign') }} where kind = 'ending'),

stem as (
    select
        named.scope,
        named.name,
        named.is_known,
        substring(named.name, 1, length(named.name) - length(ending.signs)) as stem
    from (
        select distinct
            unknown.scope,
            unknown.told_name as name,
            false as is_known
        from {{ ref('int_name__unknown') }} as unknown
        union all
        select distinct
            numbered.scope,
            numbered.name,
            true as is_known
        from {{ ref('int_name__numbered') }} as numbered
    ) as named
    inner join ending on named.name like '%' || ending.signs
    where named.scope = 'estate' and length(named.name) >= length(ending.signs) + 2
)

select distinct
    told.scope,
    told.name as told_name,
    known.name,
    true as is_alike
from stem as told
inner join stem as known on told.stem = known.stem
where not told.is_known and known.is_known
