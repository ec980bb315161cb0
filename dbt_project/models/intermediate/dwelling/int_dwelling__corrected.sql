{{ config(materialized='table') }}

-- One row a cluster of dwelling records: what the dwelling is and how large. What a visit corrected goes before what
-- the housing bureau's record says.
with corrected as (
    select
        subject_id,
        max(case when field_code = 'house_use' then value end) as house_use,
        max(case when field_code = 'tenure' then value end) as tenure,
        max(case when field_code = 'floor_area_m2' then cast(value as double) end) as floor_area_m2
    from {{ ref('int_correction__made') }}
    where subject = 'dwelling'
    group by subject_id
)

select
    placed.cluster,
    named.dwelling_id,
    coalesce(corrected.house_use, placed.house_use) as house_use,
    coalesce(corrected.tenure, placed.tenure) as tenure,
    coalesce(corrected.floor_area_m2, placed.floor_area_m2) as floor_area_m2
from {{ ref('int_dwelling__placed') }} as placed
inner join {{ ref('int_dwelling__named') }} as named on placed.cluster = named.cluster
left join corrected on named.dwelling_id = corrected.subject_id
