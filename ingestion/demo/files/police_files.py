"""The police drop: a folder a day, numbered GB18030 CSV parts, and the manifest written last."""

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from ingestion.demo.chance import dice
from ingestion.demo.files.gb18030 import encode

PART_ROWS = 2000  # from so many rows on a kind comes in parts
PARTS = 4
MANIFEST_HEAD = "FILE_NAME,ROW_COUNT,SHA256"


@dataclass(frozen=True)
class PoliceKind:
    """One kind of file in a batch: name SYRK or BZDZ, full snapshot or increment, its rows, share of lines that come twice."""

    name: str
    is_full: bool
    rows: pl.DataFrame
    repeated: float = 0.0


def write_batch(root: Path, day: date, kinds: list[PoliceKind], seed: int) -> Path:
    """Write the day's folder and return it; `_` columns stay behind, and `_damaged` rows get a wrong number of fields."""
    folder = root / f"{day:%Y%m%d}"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = [MANIFEST_HEAD]
    for kind in kinds:
        for number, part in enumerate(_parts(kind.rows), start=1):
            name = f"{kind.name}_{day:%Y%m%d}_{'F' if kind.is_full else 'I'}_{number:03d}.csv"
            content, count = _csv(part, seed, name, kind.repeated)
            (folder / name).write_bytes(content)
            manifest.append(f"{name},{count},{hashlib.sha256(content).hexdigest()}")
    (folder / f"MANIFEST_{day:%Y%m%d}.csv").write_bytes(encode("\r\n".join(manifest) + "\r\n"))
    return folder


def _parts(rows: pl.DataFrame) -> list[pl.DataFrame]:
    count = max(1, min(PARTS, -(-rows.height // PART_ROWS)))
    return [
        rows[start : start + -(-rows.height // count)]
        for start in range(0, max(1, rows.height), max(1, -(-rows.height // count)))
    ]


def _csv(rows: pl.DataFrame, seed: int, name: str, repeated: float) -> tuple[bytes, int]:
    """The part's bytes and its number of records after the header."""
    rng = dice(seed, name)
    visible = [column for column in rows.columns if not column.startswith("_")]
    damaged = rows["_damaged"].to_list() if "_damaged" in rows.columns else [False] * rows.height
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(visible)
    count = 0
    for row, is_damaged in zip(rows.select(visible).iter_rows(), damaged, strict=True):
        fields = [*row, ""] if is_damaged and rng.randrange(2) else (row[:-2] if is_damaged else row)
        times = 2 if repeated and rng.random() < repeated else 1
        writer.writerows([fields] * times)
        count += times
    return encode(out.getvalue()), count
