select
    measure,
    area_level,
    area_code,
    period
from {{ source('run', 'known_withheld') }}
