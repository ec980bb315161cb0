"""The same records in any order, with one thread or two, whatever Python's seed of hashes: the same tables, byte for byte.

On a demo street with decisions and an earlier run in the log, so that identifiers are kept, merged, split and given anew.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from benchmarks.street_records import person_records
from identity.frames import REF
from identity.log.decision import Decision
from identity.log.identity_log import IdentityLog
from identity.resolve.run import resolve
from ingestion.demo.street import build_street

pytestmark = pytest.mark.slow
KEY = b"a key for tests only"
AT = datetime(2026, 11, 20, tzinfo=UTC)
TABLES = ("resident_link", "place_link", "forward", "review", "token", "log_event")
PROGRAM = f"""
import pathlib, sys
from datetime import datetime
import polars as pl
from identity.log.identity_log import IdentityLog
from identity.resolve.run import resolve
folder, out, seed = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
given = [pl.read_parquet(folder / name).sample(fraction=1.0, shuffle=True, seed=seed) for name in ("records", "places")]
resolution = resolve(*given, IdentityLog(folder / "log"), datetime(2026, 11, 22), {KEY!r})
out.mkdir()
for name in {TABLES!r}:
    getattr(resolution, name).write_parquet(out / name)
"""


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`records`, `places` and `log` of a street that was resolved once without a part of its records, then decided on."""
    folder = tmp_path_factory.mktemp("street")
    records, _ = person_records(build_street(600, 3), KEY)
    twice = records.gather_every(50).with_columns(name=pl.lit("王五"), name_key=pl.lit("王五"))  # a ref that comes twice
    pl.concat([records, twice]).write_parquet(folder / "records")
    _places(records, pl.col("dwelling_cluster").str.head(3)).write_parquet(folder / "places")
    places = _places(records, pl.col("dwelling_cluster").str.tail(2))
    log = IdentityLog(folder / "log")
    before = resolve(records.filter(pl.int_range(pl.len()) % 10 > 0), places, log, AT, KEY)
    log.commit(before.log_event, "first")
    log.decide(_decisions(before.resident_link.sort("resident_id")), AT + timedelta(days=1))
    return folder


def _places(records: pl.DataFrame, cluster: pl.Expr) -> pl.DataFrame:
    """Every record with a dwelling as a place record, in clusters of many dwellings."""
    return records.drop_nulls("dwelling_cluster").select(*REF, kind=pl.lit("dwelling"), cluster=cluster)


def _decisions(links: pl.DataFrame) -> list[Decision]:
    """People part every thirtieth pair of neighbouring records that are one person, and join every thirtieth that are two."""
    beside = links.select(*REF, "resident_id").with_columns(pl.all().shift(-1).name.suffix("_next")).drop_nulls().gather_every(30)
    return [
        Decision(row[:3], row[4:7], "different" if row[3] == row[7] else "same", "李", "看过户口本") for row in beside.iter_rows()
    ]


def _tables(street: Path, out: Path, threads: str, seed: str) -> dict[str, bytes]:
    """What a process of its own makes of the shuffled records."""
    environment = os.environ | {"POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", PROGRAM, str(street), str(out), seed]
    subprocess.run(command, env=environment, check=True, timeout=300)
    return {name: (out / name).read_bytes() for name in TABLES}


def test_neither_order_nor_threads_decide_anything(street: Path, tmp_path: Path) -> None:
    first = _tables(street, tmp_path / "one", "1", "1")
    for threads, seed in (("1", "2"), ("2", "3"), ("2", "4")):
        again = _tables(street, tmp_path / f"{threads}-{seed}", threads, seed)
        differing = [name for name in TABLES if again[name] != first[name]]
        assert not differing, f"with {threads} threads and seed {seed}"


def test_the_street_is_worth_the_comparison(street: Path, tmp_path: Path) -> None:
    _tables(street, tmp_path / "one", "2", "1")
    told = {name: pl.read_parquet(tmp_path / "one" / name) for name in TABLES}
    assert set(told["log_event"]["event"]) == {"created", "merged", "split", "forwarded", "left", "joined"}
    assert IdentityLog(street / "log").state().decisions["verdict"].n_unique() == 2
    assert all(frame.height for frame in told.values())
