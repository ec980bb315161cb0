"""What a delivery looks like, small enough to be kept beside every batch. Not here: comparing two of them (judge)."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from ingestion.atomic import read_json
from ingestion.contracts.model import Entity
from ingestion.drift.shape import codes, shares, tops
from ingestion.street_time import street_day

PROFILE, SAMPLE = "profile.json", "key_sample.parquet"
SEED = 20261121  # any number will do, as long as it stays
SATURDAY = 5
EVERY = 8  # one key of so many is kept, the same ones in every delivery, …
WHOLE = 1000  # … and all keys of a delivery of so few rows, which would tell too little otherwise
MOST_ROWS = 5000  # of which shapes are counted


@dataclass(frozen=True)
class Profile:
    """Rows of a delivery, of how many of them shapes were counted, the shapes of each column, and the kept keys.

    `tops`: share of the most frequent value among the filled cells of each column but key and time of change.

    `codes`: shares of values by their hash, of columns that hold few. `columns`: those that the source named, in its order;
    empty: not known. `is_working`: it came on a working day.

    `sample`: one row a kept key: hashes (UInt64) of `_key`, of `_content` (all columns but key and time of change) and of every
    column (0: empty). Empty for feeds whose messages have no life of their own.
    """

    rows: int
    counted: int
    shapes: dict[str, dict[str, float]]
    sample: pl.DataFrame
    codes: dict[str, dict[str, float]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    is_working: bool = True
    tops: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """All but the kept keys."""
        told = {name: value for name, value in asdict(self).items() if name != "sample"}
        return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def profile_of(frame: pl.DataFrame, entity: Entity, named: tuple[str, ...] = (), received_at: datetime | None = None) -> Profile:
    """The profile of the rows of one delivery; `named`: the source's own columns, `received_at` (UTC): when it came."""
    columns = [name for name in entity.fields if name in frame.columns]
    step = max(1, -(-frame.height // MOST_ROWS))
    counted = frame.select(columns).gather_every(step).cast(pl.String)
    return Profile(
        frame.height,
        counted.height,
        shares(counted, columns),
        _sample(frame, entity, columns),
        codes(counted, columns, SEED),
        named,
        received_at is None or is_working_day(received_at),
        tops(counted, [name for name in columns if name not in {entity.key, entity.updated}]),
    )


def read_profile(folder: Path) -> Profile | None:
    """The profile that was kept with a batch; null for batches that are older than profiles."""
    told: dict[str, Any] = read_json(folder / PROFILE)
    if not told:
        return None
    sample = pl.read_parquet(folder / SAMPLE)
    named, working = tuple(told.get("columns", ())), told.get("is_working", True)  # not told by the first profiles
    codes_of, tops_of = told.get("codes", {}), told.get("tops", {})
    return Profile(told["rows"], told["counted"], told["shapes"], sample, codes_of, named, working, tops_of)


def is_working_day(moment: datetime) -> bool:
    """Monday to Friday by the street's clock: departments deliver less on other days. Holidays are not known here."""
    return street_day(moment).weekday() < SATURDAY


def _sample(frame: pl.DataFrame, entity: Entity, columns: list[str]) -> pl.DataFrame:
    if entity.key is None or not entity.is_deduplicated:
        return pl.DataFrame()
    content = [name for name in columns if name not in {entity.key, entity.updated}]
    text = frame.select(pl.col(name).fill_null("").str.strip_chars() for name in columns)
    hashed = text.with_columns(_key=pl.col(entity.key).hash(seed=SEED), _content=text.select(content).hash_rows(seed=SEED))
    if frame.height > WHOLE:
        hashed = hashed.filter((pl.col("_key") % EVERY == 0) | (pl.col("_content") % EVERY == 0))
    cells = [pl.when(pl.col(name) == "").then(0).otherwise(pl.col(name).hash(seed=SEED)).alias(name) for name in content]
    return hashed.select("_key", "_content", *cells).unique("_key", keep="last", maintain_order=True)
