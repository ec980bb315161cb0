"""What a small change costs: some records of a street change, and identity runs again from its last solution and from nothing.

`python -m benchmarks.identity_change --houses 40000 --share 0.01` prints seconds, their ratio (the fastest of the repeats each),
and how many records came out otherwise. Not here: how well people are told apart (identity.py).
"""

import random
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import polars as pl

from benchmarks.street_records import person_records
from identity.frames import PLACE, RECORD, REF, conform
from identity.log.identity_log import IdentityLog
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from identity.solution.store import SolutionStore
from ingestion.demo.street import build_street

KEY = b"a key for measuring only"
AT = datetime(2026, 11, 20, tzinfo=UTC)
BORROWED = (("mobile", "phones"), ("dwelling_cluster",), ("name", "name_key"))


def changed(records: pl.DataFrame, share: float, chance: random.Random) -> pl.DataFrame:
    """A share of the records says what another says, loses its number, is gone or is new."""
    rows: list[dict[str, Any]] = records.rows(named=True)
    gone: set[int] = set()
    for turn, place in enumerate(chance.sample(range(len(rows)), int(len(rows) * share))):
        row, other = rows[place], rows[chance.randrange(len(rows))]
        kind = turn % (len(BORROWED) + 3)
        if kind < len(BORROWED):
            row |= {name: other[name] for name in BORROWED[kind]}
        elif kind == len(BORROWED):
            row |= dict.fromkeys(("id_kind", "id_number", "id_status"))
        elif kind == len(BORROWED) + 1:
            gone.add(place)
        else:
            row["source_key"] += "x"
    return pl.DataFrame([row for place, row in enumerate(rows) if place not in gone], schema=records.schema)


def timed(records: pl.DataFrame, log: IdentityLog, store: SolutionStore | None) -> tuple[float, Resolution]:
    """Seconds of one run, and its outcome."""
    begin = time.perf_counter()
    resolution = resolve(records, pl.DataFrame(schema=PLACE), log, AT + timedelta(days=1), KEY, store=store)
    return time.perf_counter() - begin, resolution


def measure(records: pl.DataFrame, share: float, repeats: int, folder: Path) -> None:
    """Run both ways, print the figures."""
    log, first = IdentityLog(folder / "log"), SolutionStore(folder / "first")
    before = resolve(records, pl.DataFrame(schema=PLACE), log, AT, KEY, store=first)
    log.commit(before.log_event, "first")
    now = changed(records, share, random.Random(1))  # noqa: S311 - no secret
    again, anew = [], []
    for repeat in range(repeats):
        shutil.copytree(folder / "first", folder / f"store-{repeat}")
        again.append(timed(now, log, SolutionStore(folder / f"store-{repeat}")))
        anew.append(timed(now, log, SolutionStore(folder / f"empty-{repeat}")))
    fast, full = (min(seconds for seconds, _ in runs) for runs in (again, anew))
    links = again[0][1].resident_link.join(anew[0][1].resident_link, list(REF), suffix="_anew")
    other = links.filter(pl.col("resident_id") != pl.col("resident_id_anew")).height
    print(f"{records.height:,} records, {share:.1%} changed: {fast:.2f} s from the last solution, {full:.2f} s from nothing")
    print(f"  ratio {fast / full:.3f}; records that bear another identifier: {other} of {links.height:,}")


@click.command()
@click.option("--houses", default=40000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--dirt", default=1.0, show_default=True)
@click.option("--share", "shares", multiple=True, default=[0.0, 0.01, 0.05], show_default=True)
@click.option("--repeats", default=3, show_default=True)
@click.option("--streets", type=click.Path(path_type=Path), help="Take the streets that benchmarks.identity_scale kept here.")
def main(**given: Any) -> None:
    """Print what changes cost."""
    if given["streets"]:
        records = conform(pl.read_parquet(sorted(given["streets"].glob("street-*.parquet"))), RECORD)
    else:
        records = conform(person_records(build_street(given["houses"], given["seed"], dirt=given["dirt"]), KEY)[0], RECORD)
    shares: tuple[float, ...] = given["shares"]
    repeats: int = given["repeats"]
    for share in shares:
        with tempfile.TemporaryDirectory() as folder:
            measure(records, share, repeats, Path(folder))


if __name__ == "__main__":
    main()
