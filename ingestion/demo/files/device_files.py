"""The device drop: register snapshots, work orders, and hours of telemetry in every form that the platform writes."""

import gzip
import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import zstandard

from ingestion.demo.chance import dice, stream
from ingestion.demo.sources.telemetry import midnight

HOUR = 3_600_000
PLAIN_HOUR, ZSTD_HOUR, PARQUET_HOUR = 3, 4, 5  # hours that come in another form than .ndjson.gz
PART_LINES = 100_000
NOISE = ["#### gateway restarted ####", "null", "{}", "��", '["hb"]']


def write_register(register: pl.DataFrame, root: Path, day: date, seed: int, repeated: float) -> Path:
    """Write the day's full register; the given share of lines comes twice."""
    rng = dice(seed, f"register.{day}")
    visible = register.select(column for column in register.columns if not column.startswith("_"))
    lines = []
    for row in visible.iter_rows(named=True):
        line = json.dumps(row, ensure_ascii=False)
        lines += [line] * (2 if rng.random() < repeated else 1)
    return _write(root / "register" / f"devices_{day:%Y%m%d}.ndjson", "\n".join([*lines, ""]).encode())


def write_orders(orders: pl.DataFrame, root: Path, day: date) -> Path:
    """Write the orders that were created or changed on the day."""
    return _write(root / "workorders" / f"workorders_{day:%Y%m%d}.ndjson", orders.write_ndjson().encode())


def write_telemetry(messages: pl.DataFrame, root: Path, day: date, seed: int, rates: dict[str, float]) -> int:
    """Write the day's messages by the hour of arrival; returns the number of lines, noise included.

    Args:
        messages: as `sources.telemetry.telemetry` gives them.
        root: the device drop.
        day: the day of arrival.
        seed: the street's seed.
        rates: shares of lines `cut_off` and `not_json` (noise between the lines).
    """
    start, total = midnight(day), 0
    hours = ((messages["rx"] - start) // HOUR).clip(0, 23)
    for hour in range(24):
        chosen = messages.filter(hours == hour)
        folder = root / "telemetry" / f"dt={day}" / f"hour={hour:02d}"
        if hour == PARQUET_HOUR:
            folder.mkdir(parents=True, exist_ok=True)
            chosen.drop("_flaw").write_parquet(folder / "part-0001.parquet", statistics=False)
            total += chosen.height
            continue
        lines = _lines(chosen, seed, f"{day}.{hour}", rates)
        total += len(lines)
        for part, first in enumerate(range(0, max(1, len(lines)), PART_LINES), start=1):
            _write_part(folder, f"part-{part:04d}", lines[first : first + PART_LINES], hour)
    return total


def _lines(messages: pl.DataFrame, seed: int, stage: str, rates: dict[str, float]) -> list[str]:
    """NDJSON lines in order of arrival; some are cut off, and some noise stands between them."""
    ends = pl.when(pl.col("k") == "ev").then(pl.format(',"ev":"{}","val":{}}}', "ev", "val")).otherwise(pl.lit("}"))
    head = pl.format(
        '{{"id":"{}","dev":"{}","t":{},"rx":{},"k":"{}","bat":{},"sig":{}', "id", "dev", "t", "rx", "k", "bat", "sig"
    )
    lines: list[str] = messages.select(pl.concat_str(head, ends)).to_series().to_list()
    rng, plain = stream(seed, f"lines.{stage}"), dice(seed, f"lines.{stage}")
    for place in np.flatnonzero(rng.random(len(lines)) < rates["cut_off"]).tolist():
        lines[place] = lines[place][: plain.randrange(5, len(lines[place]) - 2)]
    for place in reversed(np.flatnonzero(rng.random(len(lines)) < rates["not_json"]).tolist()):
        lines.insert(place, plain.choice(NOISE))
    return lines


def _write_part(folder: Path, name: str, lines: list[str], hour: int) -> None:
    content = "\n".join([*lines, ""]).encode()
    if hour == PLAIN_HOUR:
        _write(folder / f"{name}.ndjson", content)
    elif hour == ZSTD_HOUR:
        _write(folder / f"{name}.ndjson.zst", zstandard.ZstdCompressor(level=1).compress(content))
    else:
        _write(folder / f"{name}.ndjson.gz", gzip.compress(content, compresslevel=1, mtime=0))


def _write(path: Path, content: bytes) -> Path:
    """Write aside and rename, as the platform does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    return aside.replace(path)
