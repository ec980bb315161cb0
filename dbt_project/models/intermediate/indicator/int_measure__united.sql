-- All measures in one long table, with the street of their committee. What has no place belongs to the street, where
-- the warehouse knows only one.
{% set parts = [
    'resident', 'dwelling', 'household', 'device', 'heartbeat', 'alarm', 'address', 'task', 'attribute', 'presence',
    'registration', 'occupancy', 'fleet', 'issuance',
] %}
with united as (
    {% for part in parts %}
        select
            committee_code,
            estate_id,
            period,
            measure,
            amount
        from {{ ref('int_' ~ part ~ '__counted') }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

committee as (
    select
        committee_code,
        street_code
    from {{ ref('committee') }}
),

only_street as (
    select min(street_code) as street_code
    from {{ ref('street') }}
    having count(*) = 1
)

select
    coalesce(committee.street_code, only_street.street_code) as street_code,
    united.committee_code,
    united.estate_id,
    united.period,
    united.measure,
    united.amount
from united
left join committee on united.committee_code = committee.committee_code
left join only_street on 1 = 1
