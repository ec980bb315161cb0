-- One row a record that says where somebody lives or is registered, or once said so; what it weighs is said by the
-- seed. Ended claims stay as history, those that have not begun are left out.
with said as (
    select
        stated.resident_id,
        place.dwelling_id,
        stated.source_system,
        stated.source_entity,
        stated.source_key,
        place.field,
        stated.source_code,
        coalesce(greatest(stated.valid_from, place.since), stated.valid_from) as valid_from,
        stated.valid_to,
        stated.observed_on,
        coalesce(stated.valid_to < {{ as_of_date() }}, false) as is_ended
    from {{ ref('int_resident__stated') }} as stated
    inner join {{ ref('int_residence__placed') }} as place
        on
            {{ same_record('stated', 'place') }}
    where not (place.is_repeated and stated.source_code = '4')
    union all
    select
        record.resident_id,
        earlier.dwelling_id,
        earlier.source_system,
        earlier.source_entity,
        earlier.source_key,
        earlier.field,
        earlier.source_code,
        earlier.valid_from,
        earlier.valid_to,
        earlier.observed_on,
        true as is_ended
    from {{ ref('int_residence__earlier') }} as earlier
    inner join {{ ref('int_resident__record') }} as record
        on
            {{ same_record('earlier', 'record') }}
    where not earlier.is_standing
)

select
    said.resident_id,
    said.dwelling_id,
    weight.kind,
    said.source_system,
    said.source_entity,
    said.source_key,
    weight.evidence_code,
    weight.weight,
    weight.half_life_days,
    said.valid_from,
    said.valid_to,
    said.observed_on,
    said.is_ended
from said
inner join {{ ref('residence_evidence_weight') }} as weight
    on
        said.source_system = weight.source_system
        and said.source_entity = weight.source_entity
        and said.field = weight.field
        and said.source_code = coalesce(weight.source_code, said.source_code)
where said.valid_from is null or said.valid_from <= {{ as_of_date() }}
