-- Every area for which indicators are told, with the area it is a part of.
select
    'street' as area_level,
    street_code as area_code,
    cast(null as varchar) as parent_code
from {{ ref('street') }}
union all
select
    'committee' as area_level,
    committee_code as area_code,
    street_code as parent_code
from {{ ref('committee') }}
union all
select
    'estate' as area_level,
    estate_id as area_code,
    committee_code as parent_code
from {{ ref('estate') }}
