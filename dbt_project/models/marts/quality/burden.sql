-- One row an attribute and committee: how often the same people are asked for it, and how many of the entries only said
-- again what another list had told: these could have been filled in before.
with entry as (
    select
        resident_id,
        attribute,
        compared,
        count(*) as entry_count
    from {{ ref('int_resident__valued') }}
    where is_live and compared is not null and source_system <> 'feedback'
    group by resident_id, attribute, compared
),

listed as (
    select
        attribute,
        count(distinct source_system || '.' || source_entity) as list_count
    from {{ ref('int_resident__valued') }}
    where is_live and compared is not null and source_system <> 'feedback'
    group by attribute
)

select
    entry.attribute,
    name.label_zh as attribute_name,
    located.committee_code,
    cast(max(listed.list_count) as bigint) as list_count,
    cast(count(distinct entry.resident_id) as bigint) as resident_count,
    cast(sum(entry.entry_count) as bigint) as entry_count,
    cast(sum(entry.entry_count - 1) as bigint) as repeated_count,
    cast(round(100.0 * sum(entry.entry_count - 1) / sum(entry.entry_count), 2) as double) as repeated_rate
from entry
inner join listed on entry.attribute = listed.attribute
inner join {{ ref('int_resident__located') }} as located on entry.resident_id = located.resident_id
inner join {{ ref('code_label') }} as name on name.code_set = 'attribute' and entry.attribute = name.code
group by entry.attribute, name.label_zh, located.committee_code
