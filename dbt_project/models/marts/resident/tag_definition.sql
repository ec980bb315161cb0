with catalogue as (
    select * from {{ ref('tag_catalogue') }}
)

select
    tag_code,
    label_zh as name_zh,
    label_en as name_en,
    rule,
    source_system,
    source_entity,
    source_code,
    age_from,
    level_from,
    level_to,
    scale,
    rule_zh,
    rule_en,
    validity_zh,
    validity_en,
    sensitivity,
    roles
from catalogue
