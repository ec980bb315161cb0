"""One day of a city's device messages: counting them beside the barest scan that an exact answer needs.

`python -m benchmarks.telemetry [--messages 6000000] [--devices N] [--folder F]` makes 24 landed hours (about 2 %
copies, 1 % late, some wrong clocks), then prints, for the same files in the same run, DuckDB's `select count(*) from
(select source_key from … group by source_key)` beside counting the day and making `device_day` and `alarm` of the
counts, each in a process of its own with its peak of memory. Landing is not in these figures (telemetry_files).
"""

import argparse
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ingestion.telemetry.count import count_day

DAY = date(2026, 11, 20)
MIDNIGHT_MS = 1_795_104_000_000  # of DAY in Shanghai
HOURS, HOUR_MS = 24, 3_600_000
MESSAGES_PER_DEVICE = 60
MOST_GIB = 8e9 / 2**30  # 8 GB
ALARMS = "('SMOKE', 'ARC', 'SOS', 'TAMPER')"


def make_hours(folder: Path, messages: int, devices: int) -> list[Path]:
    """Landed files of one day as landing stores them, passages by their hour and behind the others; not timed."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as memory:
        memory.execute("set threads = 2; set preserve_insertion_order = false; set memory_limit = '4GB'")
        paths = [folder / f"hour-{hour:02d}.parquet" for hour in range(HOURS)]
        for hour, path in enumerate(paths):
            if not path.exists():
                memory.execute(_hour(hour, messages // HOURS, devices, path))
        return paths


def _hour(hour: int, messages: int, devices: int, path: Path) -> str:
    fresh = int(messages * 0.98)
    return f"""copy (
        with drawn as (
            select 'M261120' || lpad(({hour * messages} + i)::varchar, 9, '0') as id, hash(i + {hour * messages}) as h,
                hash(i + {hour * messages} + 77) as g, {MIDNIGHT_MS + hour * HOUR_MS} + (i * {HOUR_MS} // {messages}) as rx
            from range({fresh}) as drawn(i)
        ), told as (
            select id, 'DV' || lpad((h % {devices})::varchar, 12, '0') as dev, rx::bigint as rx, g, h,
                case when g % 100 = 0 then rx - {HOUR_MS} - (h % {71 * HOUR_MS})::bigint
                    else rx - 40 - (h % 900)::bigint end as t,
                case when g % 1000 = 1 then null when g % 100 < 85 then 'hb' else 'ev' end as k
            from drawn
        ), arrived as (
            select *, rx as arrival from told union all select *, rx + (g % 90000)::bigint from told where h // 100 % 49 = 0
        )
        , message as (
            select *, case when k = 'ev' then case when h % 5000 = 7 then 'SMOKE' when h % 5000 = 8 then 'TAMPER'
                when g % 2 = 0 then 'OPEN' else 'CLOSE' end end as code, coalesce(code in ('OPEN', 'CLOSE'), false) as passed,
                case when passed then {HOUR_MS} else 1 end as unit -- of a passage landing keeps the hour, and a digest
            from arrived
        )
        select case when passed then 'passage:' || left(md5(id), 24) else id end as source_key,
            null::timestamp as source_updated_at, false as is_withdrawn, dev as device_id,
            case when h % 1000 <> 3 then make_timestamp((t - t % unit)::bigint * 1000) end as sent_at,
            make_timestamp((arrival - arrival % unit) * 1000) as received_at, coalesce(k, 'hb') as kind,
            (h % 93 + 8)::double as battery_pct, (-50 - (g % 60)::bigint)::double as signal_dbm, code as event_code,
            case when code is not null and not passed then 1.0 end as event_value, []::varchar[] as _issues,
            row_number() over () as _line, case when passed and h % 1000 <> 3 then arrival - t > 600000 end as is_late
        from message order by passed, case when passed then source_key end, arrival
    ) to '{path}' (compression zstd, compression_level 1, row_group_size 250000)"""


@dataclass(frozen=True)
class Measured:
    """What a step gave, and what it took: seconds by the clock and of processors, and the most memory that it held."""

    found: Any
    wall: float
    processor: float
    peak_gib: float


def measured(title: str, work: Callable[..., Any], *arguments: object) -> Measured:
    """Do a step in a process of its own, so that it neither finds nor is charged with what another one left in memory."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        step = process.submit(_measure, work, *arguments).result()
    print(f"{title:<45} {step.wall:8.1f} s wall {step.processor:8.1f} s processor {step.peak_gib:6.2f} GiB", flush=True)
    return step


def _measure(work: Callable[..., Any], *arguments: object) -> Measured:
    wall, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    found = work(*arguments)
    after = resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(found, time.perf_counter() - wall, processor, after.ru_maxrss / 2**20)


def bare_scan(files: str) -> int:
    """How many different message ids there are: what any exact answer has to know."""
    with duckdb.connect() as memory:
        memory.execute("set threads = 2; set enable_progress_bar = false")
        query = f"select count(*) from (select source_key from read_parquet('{files}') group by source_key)"
        return int(memory.execute(query).fetchall()[0][0])


def count_and_write(paths: list[Path], day: date, out: Path) -> tuple[int, int]:
    """Counts a day, then `device_day` and `alarm` as Parquet; rows of both."""
    out.mkdir(parents=True, exist_ok=True)
    counted = count_day(paths, day)
    counted.counts.write_parquet(out / "counts.parquet")
    counted.events.write_parquet(out / "event.parquet")
    with duckdb.connect() as memory:
        memory.execute(f"""
            create table raised as select device_id, count(*) as alarms from '{out}/event.parquet'
                where event_code in {ALARMS} group by device_id;
            create table device_day as select c.*, coalesce(r.alarms, 0) as alarms,
                least(1.0, received_heartbeats / 24.0) as online_rate
                from '{out}/counts.parquet' as c left join raised as r on c.device_id = r.device_id;
            create table alarm as select *, received_at - lag(received_at) over
                (partition by device_id, event_code order by received_at) as since
                from '{out}/event.parquet' where event_code in {ALARMS};
            copy device_day to '{out}/device_day.parquet'; copy alarm to '{out}/alarm.parquet'""")
        rows = memory.execute("select (select count(*) from device_day), (select count(*) from alarm)").fetchall()[0]
        return int(rows[0]), int(rows[1])


def main() -> int:
    """Make, scan, count, print; exit 1 when the limits of the issue are missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--messages", type=int, default=6_000_000)
    arguments.add_argument("--devices", type=int, help="default: one for every 60 messages")
    arguments.add_argument("--folder", type=Path, help="keep the files here; default: a folder that is removed")
    options = arguments.parse_args()
    devices = options.devices or max(1, options.messages // MESSAGES_PER_DEVICE)
    folder = (options.folder or Path(tempfile.mkdtemp(prefix="yidang-telemetry-"))).resolve()
    try:
        paths = make_hours(folder / "landed", options.messages, devices)
        bare = measured("bare scan: ids, each once", bare_scan, f"{folder}/landed/*.parquet")
        ours = measured("counted: messages to device_day and alarm", count_and_write, paths, DAY, folder / "out")
        print(f"{bare.found:,} messages, {ours.found[0]:,} device days, {ours.found[1]:,} alarms")
        times, work = ours.wall / bare.wall, ours.processor / bare.processor
        print(f"{times:.2f} times the bare scan by the clock, {work:.2f} times by the processors")
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    return 0 if ours.wall <= 2 * bare.wall and ours.peak_gib <= MOST_GIB else 1


if __name__ == "__main__":
    sys.exit(main())
