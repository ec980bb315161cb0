with formula as (
    select * from {{ ref('indicator_formula') }}
)

select
    indicator_code,
    name_zh,
    name_en,
    unit,
    formula_zh as formula,
    formula_en,
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
