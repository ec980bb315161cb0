-- One row a wording of an address of a record that said more than one thing over time: the dwelling of this area that
-- it leads to, if any, and the days on which it was told.
with known_division as (
    select distinct division_code
    from {{ ref('stg_police__bzdz') }}
    where is_live and division_code is not null
)

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
