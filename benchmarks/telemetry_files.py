"""Hours of device messages as they are delivered: how fast they land in each form, and what one late hour costs afterwards.

`python -m benchmarks.telemetry_files [--lines 2000000] [--forms ndjson.gz,...]` makes six hours in each form, with lines that are
cut off and lines that are no JSON, pulls them (read, refused, cleaned, kept, on disk), and prints lines a second. Beside
NDJSON.gz stands what unpacking it and polars' own reader take for the same lines, so that a slow machine can be told from slow
code. Of the first form it then counts the two days, and lets one hour come that is a day late. Making the files is not in these
figures.
"""

import argparse
import gzip
import io
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import zstandard

from benchmarks.telemetry import DAY, HOUR_MS, MIDNIGHT_MS
from ingestion.contracts.loader import load_contracts
from ingestion.pull import pull_source
from ingestion.settings import load_settings
from ingestion.telemetry.days import count_days

HOURS, AT = 6, datetime(2026, 11, 20, 12, tzinfo=UTC)
CUT_EVERY, NOISE_EVERY, EVENT_EVERY, REPEAT_EVERY = 5000, 20_000, 7, 50  # lines of which one is such
GOAL = 400_000  # lines a second of NDJSON.gz on two cores
DEVICES, DAY_MS = 20_000, 24 * HOUR_MS
TEXTS = {"id", "dev", "k", "ev"}


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


def messages(hour: int, count: int, early_ms: int = 0, late_ms: int = 0) -> pl.DataFrame:
    """The messages received in one hour of the day, in the order of arrival, in the platform's fields.

    `early_ms`: how long before that hour they were received; `late_ms`: how long they were on their way.
    """
    number = pl.int_range(hour * count, (hour + 1) * count, eager=True).alias("number")
    is_repeat = (pl.col("number") % REPEAT_EVERY == 1) & (pl.col("number") > hour * count)
    said = number.to_frame().with_columns(told=pl.col("number") - is_repeat.cast(pl.Int64))
    said = said.with_columns(h=(pl.col("told").hash(20261121) // 2).cast(pl.Int64))
    rx = MIDNIGHT_MS - early_ms + hour * HOUR_MS + pl.int_range(count) * HOUR_MS // count
    is_event = pl.col("told") % EVENT_EVERY == 0
    return said.select(
        id=pl.format("M{}", pl.col("told").cast(pl.String).str.zfill(15)),
        dev=pl.format("DV{}", (pl.col("h") % DEVICES).cast(pl.String).str.zfill(7)),
        t=rx - 40 - pl.col("h") % 900 - late_ms,
        rx=rx,
        k=pl.when(is_event).then(pl.lit("ev")).otherwise(pl.lit("hb")),
        bat=pl.col("h") % 93 + 8,
        sig=-50 - pl.col("h") % 60,
        ev=pl.when(is_event).then(pl.lit("OPEN")),
        val=pl.when(is_event).then(1),
    )


def as_lines(frame: pl.DataFrame, *, is_dirty: bool = True) -> bytes:
    """One line a message; now and then one is cut off, and one is no JSON at all."""
    said = [f'"{name}":' for name in frame.columns]
    text = [pl.lit("{"), *_pairs(said, frame.columns), pl.lit("}")]
    line = pl.concat_str(text)
    number = pl.int_range(pl.len()) if is_dirty else pl.lit(0)
    dirty = (
        pl.when(number % CUT_EVERY == CUT_EVERY - 1)
        .then(line.str.slice(0, 40))
        .when(number % NOISE_EVERY == 17)
        .then(pl.lit("%% link restarted"))
        .otherwise(line)
    )
    return "\n".join(frame.select(dirty).to_series().to_list()).encode() + b"\n"


def _pairs(names: list[str], columns: list[str]) -> list[pl.Expr]:
    """Name and value of each field; events alone have the last two."""
    pairs: list[pl.Expr] = []
    for name, column in zip(names, columns, strict=True):
        value = pl.format('"{}"', column) if column in TEXTS else pl.col(column).cast(pl.String)
        comma = "" if column == columns[0] else ","
        pairs.append(pl.concat_str(pl.lit(comma + name), value).fill_null(""))
    return pairs


def as_parquet(frame: pl.DataFrame) -> bytes:
    """The same messages as a file of columns."""
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()


FORMS: dict[str, Callable[[pl.DataFrame], bytes]] = {
    "ndjson.gz": lambda frame: gzip.compress(as_lines(frame), 6),
    "ndjson.zst": lambda frame: zstandard.ZstdCompressor().compress(as_lines(frame)),
    "ndjson": as_lines,
    "parquet": as_parquet,
}


def deliver(drop: Path, hour: int, form: str, frame: pl.DataFrame) -> None:
    """Let a file appear below the drop, in the folder of its hour."""
    folder = drop / "telemetry" / f"dt={DAY}" / f"hour={hour:02d}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"part-0001.{form}").write_bytes(FORMS[form](frame))


def land(folder: Path) -> int:
    """Pull what is new; how many lines that were."""
    settings = load_settings(folder / "yidang.toml")
    pulled = pull_source(load_contracts()["device"], settings, AT)
    assert pulled.is_reached
    assert not pulled.refused, pulled.refused
    assert not pulled.held, pulled.held
    return sum(receipt.read_rows for receipt in pulled.receipts)


def measure(folder: Path, form: str, lines: int) -> float:
    """Land six hours of one form; lines a second."""
    drop = folder / "drop"
    drop.mkdir(parents=True)
    text = f'[warehouse]\nhome = "{folder}/home"\n[security]\nkey = "bench"\n[sources.device]\nurl = "file://{drop}"\n'
    (folder / "yidang.toml").write_text(text, encoding="utf-8")
    for hour in range(HOURS):
        early_ms = DAY_MS if hour < HOURS // 2 else 0  # half of them are the day before's
        deliver(drop, hour, form, messages(hour, lines // HOURS, early_ms))
    with timed(f"{form}: landed") as took:
        found = land(folder)
    assert found == lines // HOURS * HOURS, found
    print(f"{form}: {found / took():,.0f} lines a second")
    if form == "ndjson.gz":
        print(f"{form}: {took() / bare_reading(lines):.2f} times unpacking and parsing only")
    return found / took()


def bare_reading(lines: int) -> float:
    """Seconds that unpacking and parsing the same lines takes when nothing is checked, cleaned, digested or kept."""
    files = [gzip.compress(as_lines(messages(hour, lines // HOURS), is_dirty=False), 6) for hour in range(HOURS)]
    with timed("ndjson.gz: unpacked and parsed only") as took:
        found = sum(pl.read_ndjson(file).height for file in files)
    assert found == lines // HOURS * HOURS, found
    return took()


def late_hour(folder: Path, lines: int, form: str) -> None:
    """Count what landed, two days of three hours each; then let one more hour come, whose messages are a day late."""
    home = folder / "home"
    with timed("all days counted") as whole:
        count_days(home)
    deliver(folder / "drop", HOURS, form, messages(HOURS, lines // HOURS, late_ms=DAY_MS))
    land(folder)
    stood = _stamps(home)
    with timed("the day of a late hour counted again") as late:
        counted = count_days(home)
    again = HOURS // 2 + 1  # hours of the day that is counted again, the late one with them
    assert [path for path in stood if path.exists() and _stamps(home)[path] != stood[path]] == []
    print(
        f"late hour: {len(counted.days)} day counted again, {counted.kept} left as they were; "
        f"{late() / whole():.1%} of the whole, which had {HOURS} hours; this day has {again}: {again / HOURS:.1%} of them"
    )


def _stamps(home: Path) -> dict[Path, tuple[int, int]]:
    """Inode and time of every file of the days that are not counted again."""
    files = (home / "build" / "telemetry").glob(f"day={DAY}/*")
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def main() -> int:
    """Measure every form that was asked for; exit 1 when gzipped lines land too slowly."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lines", type=int, default=2_000_000)
    arguments.add_argument("--forms", default=",".join(FORMS), help="separated by commas; the first is counted as well")
    options = arguments.parse_args()
    root, rates = Path(tempfile.mkdtemp(prefix="yidang-files-")), dict[str, float]()
    try:
        for form in options.forms.split(","):
            rates[form] = measure(root / form, form, options.lines)
            if len(rates) == 1:
                late_hour(root / form, options.lines, form)
            shutil.rmtree(root / form)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return 0 if rates.get("ndjson.gz", GOAL) >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
