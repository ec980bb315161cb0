-- One row a record and rule that cleaning noted on it, for the latest state of every record of every feed.
with noted as (
    select
        dataset,
        source_key,
        {{ explode_list('rules') }} as rule,
        received_at,
        is_live
    from {{ ref('int_record__listed') }}
)

select
    dataset,
    split_part(dataset, '.', 1) as owner_system,
    source_key,
    rule,
    cast(null as varchar) as detail,
    received_at as seen_at,
    is_live as is_open
from noted
