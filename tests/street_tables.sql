-- The tables of an invented street, over dwelling_number(d) and person(d, p): see tests/street_tables.py.

create table street as select '319999001' as street_code, '示例街道' as street_name, 3 as dwelling_count, 6 as resident_count, 121.5 as longitude, 31.2 as latitude
    from dwelling_number where d = 0;

create table committee as select distinct '319999001' || lpad(cast(d % 25 as varchar), 3, '0') as committee_code,
    '319999001' as street_code,
    '示例居委' as committee_name, 3 as dwelling_count, 6 as resident_count, 121.5 as longitude, 31.2 as latitude from dwelling_number;

create table estate as select '示例村' as estate_name, '319999001' as street_code, 3 as dwelling_count, 6 as resident_count, 121.5 as longitude, 31.2 as latitude,
     'E' || d as estate_id, '319999001' || lpad(cast(d % 25 as varchar), 3, '0') as
    committee_code from dwelling_number where d % 600 < 1;

create table building as select '1号' as building_name, 3 as dwelling_count, 6 as resident_count, 121.5 as longitude, 31.2 as latitude,
     'B' || d as building_id, 'E' || (d - d % 600) as estate_id from dwelling_number where
    d % 20 < 1;

create table dwelling as select 'D' || d as dwelling_id, 'B' || (d - d % 20) as building_id, 'E' || (d - d % 600) as
    estate_id, '319999001' || lpad(cast(d % 25 as varchar), 3, '0') as committee_code, '示例路' || d || '号' as address,
    '1' as unit, cast(100 + d % 900 as varchar) as room, 50.0 + d % 90 as floor_area_m2, 'commodity' as tenure,
    'owner' as occupancy, 2 as resident_count from dwelling_number;

create table dwelling_source as select 'D' || d as dwelling_id, 'property' as source_system, 'house' as source_entity,
    'H' || d as source_key from dwelling_number;

create table household as select 'F' || d as household_id, 'D' || d as dwelling_id, 'R' || d || '-0' as
    head_resident_id, 2 as size, 'couple' as type from dwelling_number;

create table resident as select 'R' || d || '-' || p as resident_id, '张*' as name_masked, cast(1 + p as varchar) as
    sex_code, cast(1950 + d % 60 as integer) as birth_year, sha256('R' || d || '-' || p) as id_token, sha256('P' || d) as phone_token, 'citizen' as
    id_kind, 'active' as status, 'registered_and_living' as resident_category, 'D' || d as dwelling_id, 'F' || d as
    household_id, '319999001' || lpad(cast(d % 25 as varchar), 3, '0') as committee_code, '319999001' as street_code,
    2 as record_count, 1 as source_count, 0.75 as completeness, timestamp '2026-01-01' as valid_from from person;

create table resident_source as select 'R' || d || '-' || p as resident_id, 'police' as source_system, 'SYRK' as
    source_entity, 'P' || d || '-' || p as source_key, 'rule:id_number@1' as linked_by, cast(null as double) as
    match_weight, timestamp '2026-11-20' as linked_at from person;

create table resident_forward as select 'X' as old_resident_id, 'Y' as resident_id, 'merge' as reason, timestamp
    '2026-01-01' as at from dwelling_number where false;

create table resident_tag as select 'R' || d || '-0' as resident_id, 'elderly' as tag_code, date '2026-01-01' as
    valid_from, cast(null as date) as valid_to, true as is_current, 'police' as source_system, 'SYRK' as source_entity, 'P' || d as source_key, 'age' as rule from dwelling_number;

create table resident_provenance as select 'R' || d || '-' || p as resident_id, 'birth_date' as attribute, 'police' as
    source_system, 'SYRK' as source_entity, 'P' || d as source_key, timestamp '2026-11-20' as source_time, 0 as
    disagreeing_sources from person;

create table residence as select 'R' || d || '-' || p as resident_id, 'D' || d as dwelling_id, 'lives' as kind, date
    '2020-01-01' as valid_from, cast(null as date) as valid_to, true as is_current, ['police'] as evidence, 0.9 as
    confidence from person;

create table tenure_claim as select 'R' || d || '-0' as resident_id, 'D' || d as dwelling_id, 'owner' as kind, 100.0
    as share_pct, date '2020-01-01' as valid_from, cast(null as date) as valid_to, 'property' as source_system,
    'owner' as source_entity, 'O' || d as source_key from dwelling_number;

create table address_resolution as select 'property' as source_system, 'house' as source_entity, 'H' || d as
    source_key, 'address' as field, 'exact' as grade, 'D' || d as dwelling_id, 'B' || (d - d % 20) as building_id, 'E'
    || (d - d % 600) as estate_id, cast(null as varchar) as reason from dwelling_number;

create table device as select 'V' || d as device_id, 'smoke' as type, 'D' || d as dwelling_id, 'B' || (d - d % 20) as
    building_id, 'E' || (d - d % 600) as estate_id, '319999001' || lpad(cast(d % 25 as varchar), 3, '0') as
    committee_code, 'ACTIVE' as status, timestamp '2026-11-20' as last_seen_at, 'online' as state from dwelling_number
    where d % 20 < 1;

create table device_day as select 'V' || d as device_id, date '2026-11-20' as day, 24 as due_heartbeats, 23 as
    received_heartbeats, 0.958 as online_rate, 3 as events, 1 as alarms, 80 as battery_min, 0 as late_messages, 1 as
    duplicate_messages, 82800 as online_seconds, 86400 as due_seconds from dwelling_number where d % 20 < 1;

create table alarm as select 'A' || d as alarm_id, 'V' || d as device_id, 'SMOKE' as code, t as raised_at, t as
    received_at, t as ordered_at, t as dispatched_at, t as arrived_at, t as closed_at, 'REAL' as outcome, 12.0 as
    minutes_to_arrival, false as is_overdue, false as is_repeat, 'A' || d as incident_id, 'closed' as stage, false as is_orphan from (select d, timestamp '2026-11-20 08:00:00' as t
    from dwelling_number) where d % 20 < 1;

create table indicator as select 'resident_count' as indicator_code, 'street' as area_level, '319999001' as area_code,
    '2026-11-20' as period, 2.0 as value, 2.0 as numerator, cast(null as double) as denominator, false as
    is_suppressed from dwelling_number where d = 0;

create table indicator_definition as select 'resident_count' as indicator_code, '实有人口' as name_zh, 'residents' as
    name_en, '人' as unit, '常住与登记人员数' as formula, 'police' as sources, '街道' as owner, '1' as version from
    dwelling_number where d = 0;

create table quality_issue as select 'I' || d as issue_id, 'resident' as dataset, 'R' || d || '-0' as key,
    'ID-CHECK-DIGIT' as rule, '号码' as detail_masked, 'police' as owner_department, 'police' as
    owner_system, '319999001001' as committee_code, t as first_seen, t as last_seen, cast(null as timestamp) as closed_at,
    'open' as state from (select d, timestamp '2026-11-20' as t from dwelling_number) where d % 50 = 1;

create table task as select 'T' || d as task_id, 'visit' as kind, 'R' || d || '-0' as resident_id, cast(null as
    varchar) as dwelling_id, cast(null as varchar) as device_id, '319999001' || lpad(cast(d % 25 as varchar), 3, '0')
    as committee_code, '核实' as reason, 'x' as evidence, 'abcdabcd' as
    evidence_digest, 1 as priority, date '2026-12-01' as due_date, 'open' as state,
    cast(null as varchar) as verdict, false as needs_consent from dwelling_number where d % 50 = 1;

create table tag_definition as select 'elderly' as tag_code, '老人' as name_zh, 'elder' as name_en, 'age' as rule, 'police' as
    source_system, 'SYRK' as source_entity, 'age' as source_code, 60 as age_from, '年龄' as rule_zh, '长期' as validity_zh,
    'internal' as sensitivity, 'civil_affairs' as roles from dwelling_number where d = 0;

create table entitlement as select 'R' || d || '-0' as resident_id, 'elder_meal' as benefit_code, '助餐' as benefit_name,
    date '2026-11-20' as as_of_date, '独居' as reason, 'x' as evidence, 'T' || d as task_id, 'candidate' as state from
    dwelling_number where d % 50 = 1;

create table evacuation_need as select 'R' || d || '-0' as resident_id, 'D' || d as dwelling_id, cast(null as varchar) as
    building_id, cast(null as varchar) as estate_id, cast(null as varchar) as committee_code, 3 as floor, false as has_lift,
    'alone' as need_codes, '独居' as need, 2 as priority, 0 as helper_count from dwelling_number where d % 50 = 1;

create table match_review as select 'M' || d as review_id, 0.5 as score, '同名同日' as reasons, '张*' as left_name_masked, '张*' as right_name_masked, 1 as changed_report_count, 'open' as state from
    dwelling_number where d % 100 = 1;

create table source_batch as select 'police' as source, 'SYRK' as entity, 'b1' as batch_id, timestamp '2026-11-20' as
    received_at, 10 as read_rows, 7 as loaded_rows, 2 as rejected_rows, 1 as deduplicated_rows, 'f' as file, 'x' as
    digest from dwelling_number where d = 0;

create table building_source as select 'B' || d as building_id, 'property' as source_system, 'building' as source_entity,
    'U' || d as source_key, '1号' as name_written, 'gate' as numbering, '1' as gate, cast(null as varchar) as block,
    cast(null as varchar) as sublane from dwelling_number where d % 20 < 1;

create table residence_claim as select 'R' || d || '-' || p as resident_id, 'D' || d as dwelling_id, 'lives' as kind, 'police' as
    source_system, 'SYRK' as source_entity, 'P' || d || '-' || p as source_key, 'present_address' as evidence_code, 0.9 as weight,
    date '2020-01-01' as valid_from, cast(null as date) as valid_to, date '2026-11-20' as observed_on, false as is_ended from person;

create table resident_category as select 'R' || d || '-' || p as resident_id, 'registered_and_living' as resident_category, 'D' || d as
    dwelling_id, 'D' || d as registered_dwelling_id, date '2020-01-01' as valid_from, cast(null as date) as valid_to, true as
    is_current from person;

create table resident_relation as select 'R' || d || '-0' as resident_id, 'R' || d || '-1' as relative_resident_id, 'spouse' as kind,
    'police' as source_system, 'SYRK' as source_entity, 'P' || d || '-1' as source_key from dwelling_number;

create table place_predecessor as select 'dwelling' as kind, 'X' as place_id, 'Y' as predecessor_id, 'merge' as reason, timestamp
    '2026-01-01' as changed_at from dwelling_number where false;

create table gate_hour as select 'V' || d as device_id, timestamp '2026-11-20 08:00:00' as hour_at, 3 as passes, 0 as denials from
    dwelling_number where d % 20 < 1;

create table parking_hour as select 'E' || d as estate_id, timestamp '2026-11-20 08:00:00' as hour_at, cast(null as varchar) as
    committee_code, 9 as bay_count, 3600 as told_seconds, 1800 as occupied_seconds, 0.5 as occupancy_rate, 2 as arrivals, 1 as
    departures from dwelling_number where false;

create table device_history as select 'V' || d as device_id, date '2026-11-20' as valid_from, cast(null as date) as valid_to, true as
    is_current, 'smoke' as type, 'ACTIVE' as status from dwelling_number where d % 20 < 1;

create table configuration_gap as select 'entrance' as place_level, 'B' || d as building_id, '' as unit, 'entrance_three' as set_code,
    'smoke' as device_type, 1 as wanted_count, 1 as present_count, 0 as missing_count from dwelling_number where d % 20 < 1;

create table alarm_evacuation as select 'A' || d as alarm_id, 'R' || d || '-0' as resident_id, 'SMOKE' as code, timestamp
    '2026-11-20 08:00:00' as raised_at, 'D' || d as dwelling_id, 'B' || (d - d % 20) as building_id, 'inside' as nearness, '独居' as
    need, 2 as priority from dwelling_number where d % 20 < 1;

-- Forty rules in each of twelve feeds and 25 committees: as many rows as a street has.
create table quality_measure as select 'police.F' || f as dataset, 'R-' || r as rule, '319999001' || lpad(cast(c as varchar), 3, '0')
    as committee_code, '号码' as rule_name, 'number' as rule_name_en, '准确性' as dimension, 'warning' as severity, '公安机关' as
    owner_department, 'ZJHM' as column_names, 19 as column_count, n as checked_rows, 0 as failed_rows from range(12) as feeds(f),
    range(40) as rules(r), range(25) as committees(c), (select count(*) as n from person);

create table source_agreement as select date '2026-11-16' as week_start, '319999001' || lpad(cast(c as varchar), 3, '0') as
    committee_code, 'police' as left_system, 'property' as right_system, a as attribute, 7 as matched_count, 1 as
    conflicting_count, 2 as left_only_count, 3 as right_only_count, 5 as unmatched_count, 0.875 as agreement_rate from
    range(25) as committees(c), (values ('name'), ('mobile')) as attributes(a);

create table verdict as select 'W' || d as verdict_key, 'checked.xlsx' as file, d as line, 'T' || d as task_id, 'confirmed' as verdict,
    'accepted' as outcome, 'ACCEPTED' as outcome_code, '已采纳' as reason, '无' as advice, timestamp '2026-11-20' as received_at from
    dwelling_number where d % 50 = 1;

create table correction as select 'C' || d as correction_id, 'T' || d as task_id, 'R' || d || '-0' as resident_id, 'D' || d as dwelling_id,
    'mobile' as field_code, 'police' as source_system, 'SYRK' as source_entity, 'P' || d || '-0' as source_key, '公安机关' as
    owner_department, '1**' as stated_masked, '1**' as corrected_masked, 'W' || d as verdict_key, timestamp '2026-11-20' as checked_at from
    dwelling_number where d % 50 = 1;

create table check_rate as select '319999001' || lpad(cast(c as varchar), 3, '0') as committee_code, 'visit' as kind, 9 as issued_count,
    8 as returned_count, 7 as checked_count, 6 as confirmed_count, 1 as corrected_count, 88.9 as returned_rate, 77.8 as checked_rate,
    2.5 as mean_days from range(25) as committees(c);

create table burden as select 'mobile' as attribute, '电话' as attribute_name, '319999001' || lpad(cast(c as varchar), 3, '0') as
    committee_code, 3 as list_count, 9 as resident_count, 12 as entry_count, 3 as repeated_count, 25.0 as repeated_rate from
    range(25) as committees(c);
