-- Houses that the housing bureau lists twice, each with the other's number.
with found as (
    select
        source_key,
        kept_key as other_key,
        received_at
    from {{ ref('int_house__twin') }}
    union all
    select
        kept_key as source_key,
        min(source_key) as other_key,
        max(received_at) as received_at
    from {{ ref('int_house__twin') }}
    group by kept_key
)

select
    'property.house' as dataset,
    'property' as owner_system,
    source_key,
    'HOUSE-TWICE' as rule,
    '与房屋编号 ' || other_key || ' 同一楼栋、同一室号' as detail,
    received_at as seen_at,
    true as is_open
from found
