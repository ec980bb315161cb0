-- One row a rule of the seed person_rule and tag that it needs; rules about an age alone have none.
select
    rule_code,
    {{ explode_list("split(tags, ';')") }} as tag_code
from {{ ref('person_rule') }}
where tags is not null
