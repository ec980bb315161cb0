-- The clusters of building records with the ids that identity gave them.
select distinct
    cluster,
    place_id as building_id
from {{ ref('stg_identity__place_link') }}
where kind = 'building' and place_id is not null
