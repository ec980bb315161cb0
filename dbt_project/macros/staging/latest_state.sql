{#
  One row a source key: its newest version (source_updated_at, then arrival), with is_live.

  is_live is false when that version was withdrawn. Of feeds with full snapshots it is also false for a key that the newest
  complete snapshot lacks, unless something at least as new as that snapshot brought it. A snapshot is complete when all its
  parts landed; a part without a single good row never counts, so that a broken delivery cannot empty the street.
#}
{% macro latest_state(landed, has_snapshots=false) -%}
with landed as (select * from {{ landed }}),

{% if has_snapshots -%}
newest_snapshot as (
    select max(complete_snapshot.snapshot_id) as newest_snapshot_id
    from (
        select _snapshot_id as snapshot_id
        from landed
        where _is_full and _snapshot_id is not null
        group by _snapshot_id
        having count(distinct _snapshot_part) >= max(coalesce(_snapshot_parts, 1))
    ) as complete_snapshot
),

{% endif -%}
ranked as (
    select
        landed.*,
        row_number() over (
            partition by landed.source_key
            order by landed.source_updated_at desc nulls last, landed._sequence desc, landed._line desc
        ) as version_rank,
        {% if has_snapshots -%}
        max(
            case
                when newest_snapshot.newest_snapshot_id is null then 1
                when {{ delivery_day('landed') }} >= newest_snapshot.newest_snapshot_id then 1
                else 0
            end
        ) over (partition by landed.source_key) as is_listed
        {%- else -%}
        1 as is_listed
        {%- endif %}
    from landed
    {% if has_snapshots -%}
    cross join newest_snapshot
    {% endif -%}
),

latest as (
    select
        ranked.*,
        coalesce(not ranked.is_withdrawn, true) and ranked.is_listed = 1 as is_live
    from ranked
    where ranked.version_rank = 1
)
{%- endmacro %}

{# The day that a row was delivered for, as yyyymmdd: the snapshot's own, else the one in the file's name, else that of arrival. #}
{% macro delivery_day(relation) -%}
coalesce(
    {{ relation }}._snapshot_id,
    nullif(regexp_extract({{ relation }}._file, '(20[0-9]{6})', 1), ''),
    {{ compact_date(relation ~ '._received_at') }}
)
{%- endmacro %}
