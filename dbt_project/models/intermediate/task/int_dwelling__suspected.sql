-- Dwellings that only one of the two registers of places knows.
with dwelling as (
    select
        dwelling_id,
        committee_code
    from {{ ref('dwelling') }}
),

listed as (
    select
        dwelling_id,
        is_in_property,
        words
    from {{ ref('int_dwelling__listed') }}
    where is_in_property <> is_in_police
)

select
    case
        when listed.is_in_property then 'dwelling_without_standard_address' else 'standard_address_without_house'
    end as kind,
    dwelling.dwelling_id as subject_id,
    dwelling.committee_code,
    listed.words as evidence
from dwelling
inner join listed on dwelling.dwelling_id = listed.dwelling_id
