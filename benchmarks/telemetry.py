"""One day of a city's device messages: counting them beside the barest scan that an exact answer needs.

`python -m benchmarks.telemetry [--messages 6000000] [--devices N] [--folder F]` makes 24 landed hours (about 2 %
copies, 1 % late, some wrong clocks), then prints, for the same files in the same run, DuckDB's `select count(*) from
(select source_key from … group by source_key)` beside counting the day and making `device_day` and `alarm` of the
counts, and peak memory. Landing is not in these figures. A late hour costs one such count of its day.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.memory import TreeMemory
from ingestion.telemetry.count import count_day

DAY = date(2026, 11, 20)
MIDNIGHT_MS = 1_795_104_000_000  # of DAY in Shanghai
HOURS, HOUR_MS = 24, 3_600_000
MESSAGES_PER_DEVICE = 60
ALARMS = "('SMOKE', 'ARC', 'SOS', 'TAMPER')"


def make_hours(folder: Path, messages: int, devices: int) -> list[Path]:
    """Landed files of one day, in the columns that landing writes and counting reads; not timed."""
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
        select id as source_key, null::timestamp as source_updated_at, false as is_withdrawn, dev as device_id,
            case when h % 1000 = 3 then null else make_timestamp(t::bigint * 1000) end as sent_at,
            make_timestamp(arrival * 1000) as received_at, coalesce(k, 'hb') as kind, (h % 93 + 8)::double as battery_pct,
            (-50 - (g % 60)::bigint)::double as signal_dbm,
            case when k = 'ev' then case when h % 5000 = 7 then 'SMOKE' when h % 5000 = 8 then 'TAMPER' when g % 2 = 0 then 'OPEN'
                else 'CLOSE' end end as event_code, case when k = 'ev' then 1.0 end as event_value, []::varchar[] as _issues,
            row_number() over () as _line
        from arrived order by arrival
    ) to '{path}' (compression zstd, compression_level 1, row_group_size 250000)"""


@contextmanager
def timed(title: str) -> Iterator[Callable[[], float]]:
    """Wall and processor seconds of a step; the call gives the wall seconds when it is over."""
    wall, used, found = time.perf_counter(), _processor(), [0.0, 0.0]
    yield lambda: found[0]
    found[:] = [time.perf_counter() - wall, _processor() - used]
    print(f"{title:<52} {found[0]:8.1f} s wall {found[1]:8.1f} s processor", flush=True)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


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
        with timed("bare scan: ids, each once") as bare:
            ids = bare_scan(f"{folder}/landed/*.parquet")
        with TreeMemory(os.getpid()) as memory, timed("counted: messages to device_day and alarm") as ours:
            device_days, alarms = count_and_write(paths, DAY, folder / "out")
        print(f"{ids:,} messages, {device_days:,} device days, {alarms:,} alarms; {ours() / bare():.2f} times the bare scan")
        print(f"peak {memory.peak_gib:.2f} GiB")
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    return 0 if ours() <= 2 * bare() else 1


if __name__ == "__main__":
    sys.exit(main())
