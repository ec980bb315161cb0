-- One row an address or lease of a live record, and the dwelling that it names: since when, where the record named
-- another before, and whether the present address only repeats the registered one.
with resolved as (
    select
        address.source_system,
        address.source_entity,
        address.source_key,
        address.field,
        address.building_cluster,
        dwelling.dwelling_id
    from {{ ref('int_address__resolved') }} as address
    left join {{ ref('int_dwelling__named') }} as dwelling on address.dwelling_cluster = dwelling.cluster
    where dwelling.dwelling_id is not null or (address.field = 'HJDZ' and address.building_cluster is not null)
),

-- Who is registered here and lives elsewhere (category 4) lives at the present address only where that is another
-- place than the registered one: the register often repeats it.
repeated as (
    select present.source_key
    from resolved as present
    left join resolved as registered
        on
            present.source_key = registered.source_key
            and registered.source_entity = 'SYRK'
            and registered.field = 'HJDZ'
    where
        present.source_entity = 'SYRK' and present.field = 'XZZ'
        and coalesce(
            registered.dwelling_id = present.dwelling_id, registered.building_cluster = present.building_cluster, true
        )
)

select
    resolved.source_system,
    resolved.source_entity,
    resolved.source_key,
    resolved.field,
    resolved.dwelling_id,
    earlier.valid_from as since,
    repeated.source_key is not null as is_repeated
from resolved
left join {{ ref('int_residence__earlier') }} as earlier
    on
        earlier.is_standing
        and {{ same_record('resolved', 'earlier') }}
        and resolved.field = earlier.field
        and resolved.dwelling_id = earlier.dwelling_id
left join repeated
    on resolved.source_entity = 'SYRK' and resolved.field = 'XZZ' and resolved.source_key = repeated.source_key
where resolved.dwelling_id is not null
union all
select
    source_system,
    source_entity,
    source_key,
    'house' as field,
    dwelling_id,
    cast(null as date) as since,
    false as is_repeated
from {{ ref('int_tenure__claimed') }}
where kind = 'tenant'
