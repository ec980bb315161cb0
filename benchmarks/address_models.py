"""The place models of dbt, compiled once and run in a DuckDB in memory on cleaned frames: no landing, no identity, no publishing.

Not here: what is measured (benchmarks/address.py, benchmarks/address_city.py).
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
from dbt.cli.main import dbtRunner

from orchestration.warehouse.dbt_build import DuckDBConnectionManager
from orchestration.warehouse.project import PROJECT, QUIET

LAST = "int_address__resolved"
CATALOG = "warehouse"


@dataclass(frozen=True)
class PlaceModels:
    """The SQL of the place models in the order in which they may run, the staging models that they read, and the seeds."""

    sql: dict[str, str]
    staged: list[str]
    seeds: dict[str, Path]


def compile_place_models() -> PlaceModels:
    """Let dbt compile everything that leads to the resolved addresses.

    Raises:
        RuntimeError: when dbt cannot compile the project.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        os.environ |= QUIET | {"YIDANG_WAREHOUSE": f"{folder}/{CATALOG}.duckdb"}
        places = {"project-dir": PROJECT, "profiles-dir": PROJECT, "target-path": folder, "log-path": folder}
        flags = [part for name, path in places.items() for part in (f"--{name}", str(path))]
        outcome = dbtRunner().invoke(["compile", "--select", f"+{LAST}", *flags, "--log-level", "none"])
        DuckDBConnectionManager.close_all_connections()
        if not outcome.success:
            raise RuntimeError(f"dbt cannot compile {LAST}: {outcome.exception or outcome.result}")
        manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
    nodes = {key: node for key, node in manifest["nodes"].items() if node.get("compiled") or node["resource_type"] == "seed"}
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    placed = {key: node for key, node in models.items() if not node["name"].startswith("stg_")}
    ordered = _ordered(
        {key: [parent for parent in node["depends_on"]["nodes"] if parent in placed] for key, node in placed.items()}
    )
    parents = {parent for key in placed for parent in placed[key]["depends_on"]["nodes"]}
    seeds = {n["name"]: PROJECT / n["original_file_path"] for key, n in nodes.items() if key in parents and key not in models}
    staged = sorted(nodes[key]["name"] for key in parents if key in models and key not in placed)
    return PlaceModels({placed[key]["name"]: placed[key]["compiled_code"] for key in ordered}, staged, seeds)


def _ordered(parents: Mapping[str, list[str]]) -> list[str]:
    """The keys, each after its parents."""
    done: list[str] = []
    while len(done) < len(parents):
        done += sorted(key for key, above in parents.items() if key not in done and set(above) <= set(done))
    return done


def open_warehouse(models: PlaceModels, staged: Mapping[str, pl.DataFrame], threads: int = 2) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory that holds the seeds and the staging tables; nothing has been resolved yet."""
    warehouse = duckdb.connect(config={"threads": threads, "preserve_insertion_order": False})
    warehouse.execute(f"attach ':memory:' as {CATALOG}; use {CATALOG}.main")
    for name, path in models.seeds.items():
        warehouse.execute(f"create table {name} as select * from read_csv('{path}', header = true)")
    for name in models.staged:
        frame = staged[name] if name in staged else _nothing_earlier(staged[name.removesuffix("_version")])
        warehouse.execute(f"create table {name} as select * from frame")
        del frame
    return warehouse


def _nothing_earlier(latest: pl.DataFrame) -> pl.DataFrame:
    """The versions of records that never said anything else."""
    prefixes = [name.removesuffix("_text") for name in latest.columns if name.endswith("_text")]
    areas = {f"{prefix}_{part}": pl.lit(None, dtype=pl.String) for prefix in prefixes for part in ("city", "district")}
    times = {"told_at": pl.lit(None, dtype=pl.Datetime("us")), "told_on": pl.lit(None, dtype=pl.Date)}
    return latest.clear().with_columns(**areas, **times, is_standing=pl.lit(None, dtype=pl.Boolean))


def run_models(warehouse: duckdb.DuckDBPyConnection, models: PlaceModels, names: list[str] | None = None) -> None:
    """Run the models, or only those named, in order."""
    for name, sql in models.sql.items():
        if names is None or name in names:
            warehouse.execute(f"create or replace table {name} as {sql}")
