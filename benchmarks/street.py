"""A street from five source systems to a published version, stage by stage.

`python -m benchmarks.street [--houses N] [--folder F]` prints seconds per stage, the whole time of `yidang run` as its own
process, its peak memory with all it started, and beside it the floor: reading the same files and writing Parquet unsorted.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.memory import TreeMemory
from ingestion.demo.civil_server import CivilServer
from ingestion.demo.street import build_street
from ingestion.demo.style import area_names, load_style
from ingestion.demo.write import write_sources
from orchestration.demo.configuration import CIVIL_TOKEN, write_configuration

DAY = date(2026, 11, 20)


def main() -> int:
    """Make the street (not timed), run it, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--houses", type=int, default=40_000)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--folder", type=Path, help="keep sources and home here; default: a folder that is removed")
    options = arguments.parse_args()
    folder = (options.folder or Path(tempfile.mkdtemp(prefix="yidang-bench-"))).resolve()
    sources, home = folder / "sources", folder / "home"
    if not (sources / "done").exists():
        write_sources(build_street(houses=options.houses, seed=options.seed, day=DAY), sources)
        (sources / "done").touch()
    shutil.rmtree(home, ignore_errors=True)
    print(f"floor: read and write with nothing sorted out {floor_seconds(sources, folder / 'floor'):.1f} s")
    with CivilServer(sources / "civil", CIVIL_TOKEN) as civil:
        config = write_configuration(folder, sources, civil, DAY.isoformat(), area_names(load_style()))
        code = run_once(config, "first run")
        run_once(config, "again, nothing new")
    rows(home)
    if options.folder is None:
        shutil.rmtree(folder)
    return code


def run_once(config: Path, title: str) -> int:
    """One `yidang run` as a user starts it."""
    started = time.perf_counter()
    command = [str(Path(sys.executable).parent / "yidang"), "run", "--config", str(config)]
    with (
        subprocess.Popen(command) as process,
        TreeMemory(process.pid) as memory,
    ):
        code = process.wait()
    print(f"{title}: {time.perf_counter() - started:.1f} s, peak {memory.peak_gib:.2f} GiB, exit {code}\n", flush=True)
    return code


def floor_seconds(sources: Path, out: Path) -> float:
    """Seconds to read every file of the street once and write it as Parquet, unsorted and unchecked."""
    out.mkdir(exist_ok=True)
    started = time.perf_counter()
    for path in sorted((sources / "police").glob("*/*_F_*.csv")):
        pl.read_csv(path, encoding="gb18030", infer_schema=False, truncate_ragged_lines=True).write_parquet(
            out / f"{path.stem}.parquet"
        )
    telemetry = (sources / "device" / "telemetry").as_posix()
    with duckdb.connect() as memory:
        query = f"select * from read_json('{telemetry}/**/*.ndjson.gz', ignore_errors = true, union_by_name = true)"
        memory.execute(f"copy ({query}) to '{(out / 'telemetry.parquet').as_posix()}'")
    shutil.copyfile(sources / "property" / "housing.db", out / "housing.db")
    return time.perf_counter() - started


def rows(home: Path) -> None:
    """How large the published street is."""
    version = (home / "published" / "CURRENT").read_text(encoding="utf-8").strip()
    tables = home / "published" / version / "tables"
    for table in ("resident", "resident_source", "dwelling", "device_day", "alarm", "indicator", "task"):
        print(f"{table:<16} {pl.scan_parquet(tables / f'{table}.parquet').select(pl.len()).collect().item():>9,}")


if __name__ == "__main__":
    sys.exit(main())
