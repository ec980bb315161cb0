-- Names that the register does not bear, and what it calls them: old names, other names, a shop's own way of writing.
-- Learned from records that tell their dwelling by code or by being a house, and whose numbers are that dwelling's. Two
-- dwellings must say so, and none anything else.
with located as (
    select
        listed.element_key,
        matched.cluster
    from {{ ref('int_address__listed') }} as listed
    inner join {{ ref('int_place__matched') }} as matched
        on
            matched.kind = 'dwelling'
            and matched.source_entity = 'BZDZ'
            and listed.standard_address_code = matched.source_key
    union
    select
        listed.element_key,
        matched.cluster
    from {{ ref('int_address__listed') }} as listed
    inner join {{ ref('int_place__matched') }} as matched
        on matched.kind = 'dwelling' and listed.field = 'address' and {{ same_record('listed', 'matched') }}
),

evidence as (
    select
        told.scope,
        told.told_name,
        known.name,
        count(distinct known.cluster) as dwelling_count
    from {{ ref('int_name__unknown') }} as told
    inner join located on told.element_key = located.element_key
    inner join {{ ref('int_name__numbered') }} as known
        on located.cluster = known.cluster and {{ fitting_numbers('told', 'known') }}
    group by told.scope, told.told_name, known.name
),

counted as (
    select
        evidence.scope,
        evidence.told_name,
        evidence.name,
        evidence.dwelling_count,
        count(*) over (partition by evidence.scope, evidence.told_name) as name_count
    from evidence
)

select
    scope,
    told_name,
    name,
    'old_name' as reason
from counted
where name_count = 1 and dwelling_count > 1
