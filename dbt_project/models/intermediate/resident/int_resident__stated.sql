-- One row a live record of a resident: the code by which it counts (category, kind of list), a detail, and its period.
-- UNKNOWN stands where the source gives no code. What is made of the codes is said by seeds. A period that ends before
-- it begins was told the wrong way round.
with said as (
    {% for system, entity, model, code, detail, start, finish in [
        ('civil', 'disability-certificates', 'stg_civil__disability_certificate', 'certificate_status',
         "coalesce(disability_kind_code, '?') || '/' || coalesce(disability_grade_code, '?')", 'issued_date', none),
        ('civil', 'elderly-services', 'stg_civil__elderly_service', 'living_status', none, none, none),
        ('civil', 'children-in-need', 'stg_civil__child_in_need', 'category', 'category', none, none),
        ('device', 'register', 'stg_device__register', 'device_type', none, 'installed_date', 'retired_date'),
        ('property', 'lease', 'stg_property__lease', none, none, 'start_date', 'end_date'),
        ('police', 'SYRK', 'stg_police__syrk', 'category_code', none, 'registered_date',
         'case when is_cancelled then ' ~ shanghai_date('source_updated_at') ~ ' end'),
    ] %}
        select
            {{ record_origin(system, entity) }},
            source_key,
            {{ code or 'cast(null as varchar)' }} as source_code,
            {{ detail or 'cast(null as varchar)' }} as detail,
            {{ start or 'cast(null as date)' }} as valid_from,
            {{ finish or 'cast(null as date)' }} as valid_to
        from {{ ref(model) }}
        union all
    {% endfor %}
    select
        {{ record_origin('civil', 'assistance-cases') }},
        member.source_key,
        assistance_case.category as source_code,
        cast(null as varchar) as detail,
        assistance_case.start_date as valid_from,
        assistance_case.end_date as valid_to
    from {{ ref('stg_civil__assistance_case_member') }} as member
    inner join {{ ref('stg_civil__assistance_case') }} as assistance_case
        on member.case_source_key = assistance_case.source_key
)

select
    record.resident_id,
    record.source_system,
    record.source_entity,
    record.source_key,
    coalesce(said.source_code, 'UNKNOWN') as source_code,
    said.detail,
    case when said.valid_to < said.valid_from then said.valid_to else said.valid_from end as valid_from,
    case when said.valid_to < said.valid_from then said.valid_from else said.valid_to end as valid_to,
    coalesce({{ shanghai_date('record.source_updated_at') }}, said.valid_from) as observed_on
from said
inner join {{ ref('int_resident__record') }} as record
    on
        {{ same_record('said', 'record') }}
where record.is_live
