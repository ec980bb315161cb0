{% set numbers = {'elder_age_from': var('elder_age_from')} %}
with formula as (
    select * from {{ ref('indicator_formula') }}
)

select
    indicator_code,
    {{ worded('name_zh', numbers) }} as name_zh,
    {{ worded('name_en', numbers) }} as name_en,
    unit,
    {{ worded('formula_zh', numbers) }} as formula,
    {{ worded('formula_en', numbers) }} as formula_en,
    numerator_measure,
    denominator_measure,
    scale,
    cadence,
    sources,
    owner,
    version,
    level,
    is_sensitive,
    direction
from formula
