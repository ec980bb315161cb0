-- The clusters of dwelling records with the ids that identity gave them.
select distinct
    cluster,
    place_id as dwelling_id
from {{ ref('stg_identity__place_link') }}
where kind = 'dwelling' and place_id is not null
