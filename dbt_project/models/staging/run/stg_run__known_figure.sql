select
    indicator_code,
    area_level,
    area_code,
    period,
    numerator,
    denominator,
    version,
    formula,
    told_date
from {{ source('run', 'known_figure') }}
