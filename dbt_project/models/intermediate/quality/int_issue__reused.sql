-- Keys of records that tell of another person than before, until the source gives the key back or withdraws it. A
-- place on a list (a case's members) passes on by design, as does whom a device calls; a certificate's key is the
-- person's number.
select
    listed.dataset,
    other.source_system as owner_system,
    other.source_key,
    'KEY-REUSED' as rule,
    '记录编号原属另一人，现登记为姓名与证件号、出生日期等均不同的人' as detail,
    max(other.seen_at) as seen_at,
    true as is_open
from {{ ref('stg_identity__other_telling') }} as other
inner join {{ ref('int_record__listed') }} as listed
    on
        other.source_system || '.' || other.source_entity = listed.dataset
        and other.source_key = listed.source_key
where
    listed.is_live
    and not other.is_between
    and listed.dataset in (
        'property.owner', 'property.lease', 'police.SYRK', 'civil.elderly-services', 'civil.children-in-need'
    )
group by listed.dataset, other.source_system, other.source_key
