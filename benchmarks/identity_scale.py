"""The identity stage at the size of a city: seconds by step, peak memory, and how well it did.

`python -m benchmarks.identity_scale [--streets 17] [--houses 40000] [--folder F] [--store]` makes the streets (kept in F, so made
once) and runs the stage in a process of its own on all their records, and a second time, when everybody is known; with `--store`
as the pipeline runs it, which keeps what it found (and solves nothing the second time). The processor's seconds stand beside the
clock's, for a machine that others use too. Not here: quality by dirt (benchmarks/identity.py), the way from the sources to
records (benchmarks/street.py).
"""

import functools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import polars as pl

from benchmarks.identity import score
from benchmarks.memory import TreeMemory
from benchmarks.street_records import person_records
from identity.frames import PLACE
from identity.log.identity_log import IdentityLog
from identity.resolve import people, run
from identity.solution import solve
from identity.solution.store import SolutionStore
from ingestion.demo.street import build_street
from ingestion.demo.style import Style, load_style

KEY = b"a key for measuring only"
AT = datetime(2026, 11, 20, tzinfo=UTC)
LEAST_TOLD = 0.05  # seconds; shorter steps are not printed
Step = dict[str, Any]


@click.command()
@click.option("--streets", default=17, show_default=True, help="Each has other people in other dwellings; the names are alike.")
@click.option("--houses", default=40_000, show_default=True, help="Dwellings of each street.")
@click.option("--seed", default=21, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), help="Keep the records here; default: a folder that is removed.")
@click.option("--child", type=int, help="Used by the program itself: be the measured process, of so many days later.")
@click.option("--store", is_flag=True, help="Keep the solution, as the pipeline does.")
def main(streets: int, houses: int, seed: int, folder: Path | None, child: int | None, *, store: bool) -> None:
    """Make the records (not timed), resolve them in a process of its own, print."""
    if child is not None and folder is not None:
        run_stage(folder, child, SolutionStore(folder / "solution") if store else None)
        return
    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as aside:
        made = folder or Path(aside)
        paths = [_street_file(made, houses, seed + place, place) for place in range(streets)]
        with tempfile.TemporaryDirectory(dir=made) as work:
            pl.scan_parquet(paths).drop("person").sink_parquet(Path(work) / "records.parquet")
            for day, title in enumerate(("first run", "again, everybody known")):
                _measure(Path(work), day, title, ["--store"] if store else [])
            answers = pl.scan_parquet(paths).select("source_system", "source_entity", "source_key", "person").collect()
            print(score(pl.read_parquet(Path(work) / "links.parquet"), answers))


def _street_file(folder: Path, houses: int, seed: int, place: int) -> Path:
    """The records of one street with the true `person` of each, from the folder or made now."""
    path = folder / f"street-{houses}-{seed}-{place}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        street = build_street(houses, seed, style=_other_counties(place))
        records, answers = person_records(street, KEY)
        told = records.join(answers, ["source_system", "source_entity", "source_key"], "left", maintain_order="left")
        own = [pl.format("{}-{}", pl.lit(place), name).alias(name) for name in ("dwelling_cluster", "household_no", "source_key")]
        aside = path.with_suffix(".writing")
        told.with_columns(*own, person=pl.col("person").cast(pl.Int64) + place * 10**8).write_parquet(aside)
        aside.rename(path)
    return path


def _other_counties(place: int) -> Style:
    """The demo's look with counties of its own, none ever assigned: no two streets may give one document number."""
    style = load_style("lane")

    def other(code: str) -> str:
        return f"{code[:2]}{int(code[2:4]) - place:02d}{code[4:]}"

    places = [(other(county), text) for county, text in style.other_places]
    return load_style(style, street_code=other(style.street_code), other_places=places)


def _measure(work: Path, day: int, title: str, options: list[str]) -> None:
    """One run of the stage as its own process, and what it told of itself."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.identity_scale", "--child", str(day), "--folder", str(work), *options]
    with subprocess.Popen(command) as process, TreeMemory(process.pid) as memory:
        if process.wait():
            raise click.ClickException("the measured process failed")
    seconds = time.perf_counter() - started
    told = json.loads((work / "told.json").read_text("utf-8"))
    print(f"{title}: {told['records']:,} records, {told['residents']:,} residents")
    for step in told["steps"]:
        print("  {name:<22}{clock:>8.2f} s{processor:>8.2f} s of processors   highest so far {peak:.2f} GiB".format(**step))
    print(f"  the process, with reading and writing, {seconds:.1f} s", flush=True)
    print(f"  peak {memory.peak_gib:.2f} GiB; {told['events']:,} events", flush=True)


def run_stage(work: Path, day: int, store: SolutionStore | None) -> None:
    """Resolve the records in `work` against the log there, with a clock on every step; commit what it says."""
    steps: list[Step] = []
    records, log = pl.read_parquet(work / "records.parquet"), IdentityLog(work / "log")
    for module in (run, solve, people):
        _watch(module, steps)
    whole = _timed(run.resolve, "the stage", steps)
    resolution = whole(records, pl.DataFrame(schema=PLACE), log, AT + timedelta(days=day), KEY, store=store)
    log.commit(resolution.log_event, f"day{day}")
    resolution.resident_link.write_parquet(work / "links.parquet")
    told = {
        "records": records.height,
        "residents": resolution.token.height,
        "events": resolution.log_event.height,
        "steps": steps,
    }
    (work / "told.json").write_text(json.dumps(told), "utf-8")


def _watch(module: ModuleType, steps: list[Step]) -> None:
    """Put a clock on every function that the module takes from elsewhere in identity: the steps of the run."""
    for name, value in list(vars(module).items()):
        is_function = callable(value) and not isinstance(value, type)
        if is_function and str(value.__module__).startswith("identity.") and value.__module__ != module.__name__:
            setattr(module, name, _timed(value, name, steps))


def _timed(function: Callable[..., Any], name: str, steps: list[Step]) -> Callable[..., Any]:
    @functools.wraps(function)
    def timed(*given: Any, **named: Any) -> Any:
        started, worked = time.perf_counter(), time.process_time()
        result = function(*given, **named)
        step: Step = {"name": name, "clock": time.perf_counter() - started, "processor": time.process_time() - worked}
        if step["clock"] >= LEAST_TOLD:
            steps.append({**step, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20})
        return result

    return timed


if __name__ == "__main__":
    main()
