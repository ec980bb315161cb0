-- How many rows each rule looked at in each feed and committee, and how many broke it. A feed that brought nothing
-- has its rules with no row looked at: they did not run. Refused rows are looked at by the rules that refuse.
with due as (select * from {{ ref('int_rule__due') }}),

record as (
    select
        listed.dataset,
        located.committee_code,
        listed.source_key
    from {{ ref('int_record__listed') }} as listed
    left join {{ ref('int_record__located') }} as located
        on listed.dataset = located.dataset and listed.source_key = located.source_key
    where listed.is_live
    union all
    select
        'resident' as dataset,
        committee_code,
        resident_id as source_key
    from {{ ref('resident') }}
    union all
    select
        'device.telemetry' as dataset,
        device.committee_code,
        observed.device_id as source_key
    from {{ ref('int_device__observed') }} as observed
    left join {{ ref('device') }} as device on observed.device_id = device.device_id
),

issue as (
    select
        dataset,
        coalesce(committee_code, 'none') as committee_code,
        rule,
        count(*) as failed_rows
    from {{ ref('quality_issue') }}
    where state = 'open'
    group by dataset, coalesce(committee_code, 'none'), rule
),

rows_of as (
    select
        dataset,
        committee_code,
        sum(row_count) as row_count
    from (
        select
            dataset,
            coalesce(committee_code, 'none') as committee_code,
            count(*) as row_count
        from record
        group by dataset, coalesce(committee_code, 'none')
        union all
        select distinct
            dataset,
            committee_code,
            0 as row_count
        from issue
        union all
        select distinct
            dataset,
            'none' as committee_code,
            0 as row_count
        from due
    ) as part
    group by dataset, committee_code
),

measured as (
    select
        due.dataset,
        due.rule,
        rows_of.committee_code,
        due.name_zh,
        due.name_en,
        due.dimension,
        due.severity,
        due.column_names,
        due.column_count,
        coalesce(issue.failed_rows, 0) as failed_rows,
        rows_of.row_count
        + case when due.severity = 'reject' then coalesce(issue.failed_rows, 0) else 0 end as checked_rows
    from due
    inner join rows_of on due.dataset = rows_of.dataset
    left join issue
        on due.dataset = issue.dataset and due.rule = issue.rule and rows_of.committee_code = issue.committee_code
)

select
    measured.dataset,
    measured.rule,
    measured.committee_code,
    measured.name_zh as rule_name,
    measured.name_en as rule_name_en,
    measured.dimension,
    measured.severity,
    coalesce(owner.owner_zh, '街道数据中心') as owner_department,
    measured.column_names,
    cast(measured.column_count as bigint) as column_count,
    cast(measured.checked_rows as bigint) as checked_rows,
    cast(case
        when measured.failed_rows > measured.checked_rows then measured.checked_rows
        else measured.failed_rows
    end as bigint) as failed_rows
from measured
left join {{ ref('source_owner') }} as owner on split_part(measured.dataset, '.', 1) = owner.source_system
