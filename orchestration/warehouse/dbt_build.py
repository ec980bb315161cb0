"""Runs dbt in this process: no process is started, no project parsed twice, and the database file is let go after each build.

Not here: which nodes belong to a phase (dbt_project/dbt_project.yml), or what Dagster is told (orchestration/assets).
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest
from dbt_common.events.base_types import EventMsg
from dbt_common.events.functions import msg_to_dict

from orchestration.warehouse.parsed import PARSED
from orchestration.warehouse.project import PROJECT

FAILED = {"error", "fail", "runtime error"}
FINISHED = {"LogSeedResult", "LogModelResult", "LogTestResult"}
TOLD_IN_FULL = 3
MESSAGE_LENGTH = 160


@dataclass(frozen=True)
class DbtBuilt:
    """What one build did.

    Attributes:
        events: dbt's own structured event of every node that ended, in the order of their ends.
        failure: null when all went well; else one line that names the failed nodes.
    """

    events: list[dict[str, Any]]
    failure: str | None


class DbtParseError(Exception):
    """The dbt project cannot be parsed; the line holds dbt's own words."""


def parse(target: Path) -> None:
    """Parse the whole project and write what came of it below `target`.

    Raises:
        DbtParseError: when dbt cannot parse the project.
    """
    outcome = _invoke(dbtRunner(), target, "parse", "--no-partial-parse")
    if not isinstance(outcome.result, Manifest):
        raise DbtParseError(f"dbt cannot parse {PROJECT}: {str(outcome.exception).strip()[-600:]}")


@cache
def load(parsed: Path) -> Manifest:
    """The project as it was parsed into a folder; loaded once a process."""
    manifest = Manifest.from_msgpack((parsed / PARSED).read_bytes())
    index: Any = manifest.build_flat_graph  # untyped
    index()
    return manifest


def build(home: Path, parsed: Path, selection: Sequence[str], variables: Mapping[str, Any]) -> DbtBuilt:
    """Seed, run and test the nodes that the arguments select; never the unit tests, which are the developers'.

    `variables` are given beside the project's own. They need no second parse: models and hooks are compiled as they run.

    The sources are named relative to `home`, which is the working directory of the process while dbt builds.
    """
    events: list[dict[str, Any]] = []

    def hear(event: EventMsg) -> None:
        if event.info.name in FINISHED:
            events.append(msg_to_dict(event))

    runner = dbtRunner(manifest=load(parsed), callbacks=[hear])
    # What dbt would write down of a build (its manifest again, its results, a log) nobody reads: the events say it, and to
    # write it costs seconds.
    quiet = ("--no-write-json", "--log-level-file", "none", "--exclude-resource-type", "unit_test")
    with contextlib.chdir(home):
        told = ("--vars", json.dumps(dict(variables))) if variables else ()
        outcome = _invoke(runner, home / "build" / "dbt", "build", *quiet, *told, *selection)
    return DbtBuilt(events, None if outcome.success else _failure(outcome))


def compile_models(home: Path, parsed: Path) -> dict[str, str]:
    """The SQL of every model as the engine would be given it, by unique id; nothing is built.

    Raises:
        DbtParseError: when a model cannot be compiled.
    """
    quiet = ("--no-write-json", "--log-level-file", "none", "--select", "resource_type:model")
    with contextlib.chdir(home):
        outcome = _invoke(dbtRunner(manifest=load(parsed)), home / "build" / "dbt", "compile", *quiet)
    if not outcome.success:
        raise DbtParseError(f"dbt cannot compile {PROJECT}: {str(outcome.exception).strip()[-600:]}")
    results: Any = outcome.result
    return {str(result.node.unique_id): str(result.node.compiled_code) for result in results.results}


def _invoke(runner: dbtRunner, target: Path, command: str, *arguments: str) -> dbtRunnerResult:
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    places = {"project-dir": PROJECT, "profiles-dir": PROJECT, "target-path": target, "log-path": target}
    flags = [part for name, path in places.items() for part in (f"--{name}", str(path))]
    try:
        return runner.invoke([command, *arguments, *flags, "--log-level", "none"])
    finally:
        close_database: Any = DuckDBConnectionManager.close_all_connections  # untyped
        close_database()


def _failure(outcome: dbtRunnerResult) -> str:
    """The names of the failed models and tests with the first words of their messages; a few are told in full."""
    failed = [r for r in getattr(outcome.result, "results", []) if str(r.status) in FAILED]
    if not failed:
        return f"dbt stopped before it ran a model: {' '.join(str(outcome.exception).split())[:MESSAGE_LENGTH]}"
    told = "; ".join(f"{r.node.name}: {' '.join(str(r.message).split())[:MESSAGE_LENGTH]}" for r in failed[:TOLD_IN_FULL])
    return f"{len(failed)} dbt nodes failed ({told}); the compiled SQL is in build/dbt/compiled"
