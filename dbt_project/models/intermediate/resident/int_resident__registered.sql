-- One row a resident: what the police's live records say of being registered, present, cancelled.
select
    link.resident_id,
    count(*) as police_count,
    sum(case when syrk.is_cancelled then 0 else 1 end) as standing_count,
    max(case when syrk.is_cancelled and syrk.cancel_reason_code = '1' then 1 else 0 end) as is_dead,
    max(case when syrk.is_cancelled and coalesce(syrk.cancel_reason_code, '2') = '2' then 1 else 0 end) as has_left,
    max(case when syrk.is_cancelled then {{ shanghai_date('syrk.source_updated_at') }} end) as cancelled_on,
    max(case when not syrk.is_cancelled and syrk.category_code in ('1', '4') then 1 else 0 end) as is_registered,
    max(case when not syrk.is_cancelled and syrk.category_code in ('1', '2', '3') then 1 else 0 end) as is_present,
    max(case when not syrk.is_cancelled and syrk.category_code = '4' then 1 else 0 end) as is_elsewhere,
    max(case when not syrk.is_cancelled and syrk.category_code = '3' then 1 else 0 end) as is_from_abroad
from {{ ref('stg_police__syrk') }} as syrk
inner join {{ ref('stg_identity__resident_link') }} as link
    on link.source_system = 'police' and link.source_entity = 'SYRK' and syrk.source_key = link.source_key
where syrk.is_live
group by link.resident_id
