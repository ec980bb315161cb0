-- Every distinct wording of an address, told now or earlier.
select
    element_key,
    {{ element_columns() }}
from {{ ref('int_address__listed') }}
union
select
    element_key,
    {{ element_columns() }}
from {{ ref('int_address__retold') }}
