select
    dataset,
    column_name,
    rule
from {{ source('run', 'rule_scope') }}
