{{ config(materialized='table') }}

-- One row a resident, attribute and source system that tells it, each in the form in which values can be compared. A
-- case's telephone is its household's, and no claim about one member of it.
select distinct
    valued.resident_id,
    valued.attribute,
    valued.source_system,
    valued.compared
from {{ ref('int_resident__valued') }} as valued
inner join {{ ref('survivorship_rule') }} as rule
    on
        valued.attribute = rule.attribute
        and valued.source_system = rule.source_system
        and valued.source_entity = rule.source_entity
where valued.is_live and rule.is_own and valued.compared is not null
