"""What a small change costs: some records of a street change, and identity runs again from its last solution and from nothing.

`python -m benchmarks.identity_change --houses 40000 --share 0.01` prints seconds of the clock and of processors, ratios (of the
fastest of the repeats each; also of a second change upon the first), and how many records came out otherwise: than from nothing,
where weights are learned anew, and than everybody solved with the weights of the last solution, which must be none. Places change
with the people, as in the pipeline.
Not here: how well people are told apart (identity.py).
"""

import random
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import click
import polars as pl

from benchmarks.street_records import person_records
from identity.frames import PLACE, PLACE_LINK, RECORD, REF, conform
from identity.log.decision import DECISION
from identity.log.identity_log import IdentityLog
from identity.resolve.people import Around
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from identity.rules.rule_book import load_rule_book
from identity.solution.again import solve_again
from identity.solution.numbering import digested
from identity.solution.solution import NO
from identity.solution.solve import solve_part
from identity.solution.store import SolutionStore
from ingestion.demo.street import build_street

KEY = b"a key for measuring only"
AT = datetime(2026, 11, 20, tzinfo=UTC)
BORROWED = (("mobile", "phones"), ("dwelling_cluster",), ("name", "name_key"))


def changed(records: pl.DataFrame, share: float, chance: random.Random) -> pl.DataFrame:
    """A share of the records says what another says, loses its number, is gone or is new: in one piece, as the pipeline reads."""
    chosen = chance.sample(range(records.height), int(records.height * share))
    others = [chance.randrange(records.height) for _ in chosen]
    told: list[dict[str, Any]] = []
    for turn, row, other in zip(count(), *(records[rows].iter_rows(named=True) for rows in (chosen, others)), strict=False):
        kind = turn % (len(BORROWED) + 3)
        if kind < len(BORROWED):
            told.append(row | {name: other[name] for name in BORROWED[kind]})
        elif kind == len(BORROWED):
            told.append(row | dict.fromkeys(("id_kind", "id_number", "id_status")))
        elif kind == len(BORROWED) + 1:
            told.append(row | {"source_key": row["source_key"] + "x"})
    return pl.concat([_without(records, chosen), pl.DataFrame(told, schema=records.schema)], rechunk=True)


def _without(frame: pl.DataFrame, chosen: list[int]) -> pl.DataFrame:
    return frame.with_row_index("row").filter(~pl.col("row").is_in(chosen)).drop("row")


def places_of(records: pl.DataFrame) -> pl.DataFrame:
    """Places in the columns of PLACE: of every dwelling and building that a record tells one record of each of two sources."""
    told = [
        records.select(pl.lit(kind).alias("kind"), cluster=f"{kind}_cluster").drop_nulls().unique().sort("cluster")
        for kind in ("dwelling", "building")
    ]
    clusters = pl.concat(told)
    sources = (("property", "house"), ("police", "BZDZ"))
    records_of = [
        clusters.with_columns(source_system=pl.lit(system), source_entity=pl.lit(entity), source_key=pl.col("cluster"))
        for system, entity in sources
    ]
    return conform(pl.concat(records_of), PLACE)


def moved(places: pl.DataFrame, share: float, chance: random.Random) -> pl.DataFrame:
    """A share of the place records is found to be another place, is gone or is new."""
    chosen = chance.sample(range(places.height), int(places.height * share))
    others = [chance.randrange(places.height) for _ in chosen]
    told: list[dict[str, Any]] = []
    for turn, (row, cluster) in enumerate(zip(places[chosen].rows(named=True), places["cluster"][others], strict=True)):
        if turn % 3 != 1:
            told.append(row | ({"cluster": cluster} if turn % 3 == 0 else {"source_key": row["source_key"] + "x"}))
    return pl.concat([_without(places, chosen), pl.DataFrame(told, schema=PLACE)], rechunk=True)


@dataclass(frozen=True)
class Run:
    """Seconds of one run by the clock and of all processors, and its outcome."""

    clock: float
    processor: float
    resolution: Resolution


def timed(records: pl.DataFrame, places: pl.DataFrame, log: IdentityLog, store: SolutionStore) -> Run:
    """One run a day after the first."""
    begin, worked = time.perf_counter(), time.process_time()
    resolution = resolve(records, places, log, AT + timedelta(days=1), KEY, store=store)
    return Run(time.perf_counter() - begin, time.process_time() - worked, resolution)


def measure(records: pl.DataFrame, share: float, repeats: int, folder: Path) -> None:
    """Run both ways, print the figures."""
    log, first, places = IdentityLog(folder / "log"), SolutionStore(folder / "first"), places_of(records)
    log.commit(resolve(records, places, log, AT, KEY, store=first).log_event, "first")
    chance = random.Random(1)  # noqa: S311 - no secret
    now, there = changed(records, share, chance), moved(places, share, chance)
    again, anew = [], []
    for repeat in range(repeats):
        shutil.copytree(folder / "first", folder / f"store-{repeat}")
        again.append(timed(now, there, log, SolutionStore(folder / f"store-{repeat}")))
        anew.append(timed(now, there, log, SolutionStore(folder / f"empty-{repeat}")))
    print(f"{records.height:,} records of people, {places.height:,} of places, {share:.1%} of each changed")
    later = _a_day_later(again[0], (now, there), share, repeats, folder)
    for kind in ("clock", "processor"):
        fast, next_day, full = (min(getattr(one, kind) for one in runs) for runs in (again, later, anew))
        ratios = f"ratio {fast / full:.3f}; with as much changed a day later {next_day:.2f} s, {next_day / full:.3f}"
        print(f"  {kind}: {fast:.2f} s from the last solution, {full:.2f} s from nothing: {ratios}")
    print(f"  other identifiers than from nothing: {_others(again[0], anew[0])}; places: {_other_places(again[0], anew[0])}")
    print(f"  in other clusters than with the same weights: {_with_same_weights(now, folder)}", flush=True)


def _a_day_later(first: Run, told: tuple[pl.DataFrame, pl.DataFrame], share: float, repeats: int, folder: Path) -> list[Run]:
    """Runs from the solution that the first of the runs from the last solution left, when as much has changed again."""
    shutil.copytree(folder / "log", folder / "log-later")
    log, chance = IdentityLog(folder / "log-later"), random.Random(2)  # noqa: S311 - no secret
    log.commit(first.resolution.log_event, "second")
    now, there, runs = changed(told[0], share, chance), moved(told[1], share, chance), []
    for repeat in range(repeats):
        shutil.copytree(folder / "store-0", folder / f"later-{repeat}")
        runs.append(timed(now, there, log, SolutionStore(folder / f"later-{repeat}")))
    return runs


def _others(again: Run, anew: Run) -> str:
    links = again.resolution.resident_link.join(anew.resolution.resident_link, list(REF), suffix="_anew")
    return f"{links.filter(pl.col('resident_id') != pl.col('resident_id_anew')).height} of {links.height:,}"


def _other_places(again: Run, anew: Run) -> int:
    return again.resolution.place_link.join(anew.resolution.place_link, list(PLACE_LINK), "anti").height


def _with_same_weights(now: pl.DataFrame, folder: Path) -> int:
    """How many records stand with others than when everybody is solved with the weights that are kept."""
    stored = SolutionStore(folder / "first").load(KEY)
    book, undecided, told = load_rule_book(), pl.DataFrame(schema=DECISION), digested(now).sort(*REF)
    assert stored is not None
    again = solve_again(told, undecided, book, KEY, stored[0])
    assert again is not None
    nobody = pl.Series([], dtype=NO), pl.Series([], dtype=pl.UInt64)
    whole = solve_part(told.with_row_index("no"), undecided, book, Around(again.frequencies, *nobody))
    first, second = (
        part.members.sort(*REF).select(cluster=pl.int_range(pl.len()).min().over("cluster")) for part in (again, whole)
    )
    return (first["cluster"] != second["cluster"]).sum()


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
