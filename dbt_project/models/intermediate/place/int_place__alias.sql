-- Keys that lead to one place only. A key that some record bears in full belongs to it, whoever else it might fit;
-- a key with elements left out counts only while a single place fits it.
with matched as (select * from {{ ref('int_place__matched') }} where kind <> 'estate'),

keyed as (
    select
        key.kind,
        key.key_text,
        matched.cluster,
        min(key.missing_count) as missing_count
    from {{ ref('int_place__key') }} as key
    inner join matched
        on
            key.kind = matched.kind
            and key.source_system = matched.source_system
            and key.source_entity = matched.source_entity
            and key.source_key = matched.source_key
    group by key.kind, key.key_text, matched.cluster
),

counted as (
    select
        kind,
        key_text,
        sum(case when missing_count = 0 then 1 else 0 end) as full_count,
        count(*) as place_count,
        min(case when missing_count = 0 then cluster end) as full_cluster,
        min(cluster) as only_cluster
    from keyed
    group by kind, key_text
)

select
    kind,
    key_text,
    full_count = 1 as is_full,
    full_count > 1 or (full_count = 0 and place_count > 1) as is_ambiguous,
    case
        when full_count = 1 then full_cluster
        when full_count = 0 and place_count = 1 then only_cluster
    end as cluster
from counted
