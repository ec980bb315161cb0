-- One row a record that says where somebody lives or is registered; what it weighs is said by the seed. Ended claims
-- stay as history, those that have not begun are left out.
with place as (
    select
        address.source_system,
        address.source_entity,
        address.source_key,
        address.field,
        dwelling.dwelling_id
    from {{ ref('int_address__resolved') }} as address
    inner join {{ ref('int_dwelling__named') }} as dwelling on address.dwelling_cluster = dwelling.cluster
    union all
    select
        source_system,
        source_entity,
        source_key,
        'house' as field,
        dwelling_id
    from {{ ref('int_tenure__claimed') }}
    where kind = 'tenant'
)

select
    stated.resident_id,
    place.dwelling_id,
    weight.kind,
    stated.source_system,
    stated.source_entity,
    stated.source_key,
    weight.evidence_code,
    weight.weight,
    weight.half_life_days,
    stated.valid_from,
    stated.valid_to,
    stated.observed_on,
    coalesce(stated.valid_to < {{ as_of_date() }}, false) as is_ended
from {{ ref('int_resident__stated') }} as stated
inner join place
    on
        {{ same_record('stated', 'place') }}
inner join {{ ref('residence_evidence_weight') }} as weight
    on
        stated.source_system = weight.source_system
        and stated.source_entity = weight.source_entity
        and place.field = weight.field
        and stated.source_code = coalesce(weight.source_code, stated.source_code)
where stated.valid_from is null or stated.valid_from <= {{ as_of_date() }}
