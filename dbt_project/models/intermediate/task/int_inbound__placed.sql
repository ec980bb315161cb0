-- One row an order of the level above, with the dwelling that it is about as it is called today. Its words are not
-- kept: they stand under its number in the system that sent it.
with inbound as (
    select
        inbound_order.order_id,
        inbound_order.kind,
        inbound_order.committee_code,
        coalesce(forward.new_id, inbound_order.dwelling_id) as dwelling_id,
        inbound_order.due_date
    from {{ ref('stg_run__inbound_order') }} as inbound_order
    left join {{ ref('stg_identity__forward') }} as forward
        on forward.kind = 'dwelling' and inbound_order.dwelling_id = forward.old_id
)

select
    inbound.order_id,
    inbound.kind,
    inbound.committee_code,
    dwelling.dwelling_id,
    inbound.due_date,
    '上级交办 ' || inbound.order_id as evidence
from inbound
left join {{ ref('dwelling') }} as dwelling on inbound.dwelling_id = dwelling.dwelling_id
