-- One row a dwelling that a register of places lists: the housing register, the police's register of addresses.
select
    link.dwelling_id,
    max(case when link.source_system = 'property' then 1 else 0 end) = 1 as is_in_property,
    max(case when link.source_system = 'police' then 1 else 0 end) = 1 as is_in_police,
    {{ joined_values("link.source_system || '.' || link.source_entity || ' ' || link.source_key", "'；'") }} as words
from {{ ref('dwelling_source') }} as link
where link.source_entity in ('house', 'BZDZ')
group by link.dwelling_id
