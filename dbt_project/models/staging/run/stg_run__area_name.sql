select
    area_code,
    area_name
from {{ source('run', 'area_name') }}
