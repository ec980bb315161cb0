"""Killed at any step of keeping a solution, a run leaves the one before or the new one, and the next run goes on from it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from identity.log.identity_log import IdentityLog
from identity.resolve.run import resolve
from identity.solution.store import SolutionStore
from tests.unit.identity.invented import DAY, KEY, frame, no_places
from tests.unit.identity.street import make_street

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
NEXT = DAY + timedelta(days=1)
CHILD = """
import sys
sys.path.insert(0, ".")
from tests.integration.identity.test_solution_killed import die_at
die_at(*sys.argv[1:])
"""
STEPS = ("_write:1", "_write:4", "replace:1", "unlink:1", "unlink:3")
TABLES = ("resident_link", "token", "forward", "log_event")


def rows(day: int) -> list[dict[str, Any]]:
    """A street, from which every day somebody is gone, while somebody else moves."""
    told = make_street(3)
    for row in told[5 : 5 + day]:
        row["mobile"], row["dwelling_cluster"] = "13900001234", told[-1]["dwelling_cluster"]
    return told[day:]


def die_at(folder: str, step: str) -> None:
    """Resolve the second day in this process, which dies at such a step of keeping, counted from one."""
    name, _, count = step.partition(":")
    owner: Any = SolutionStore if name == "_write" else Path
    setattr(owner, name, _fatal(getattr(owner, name), int(count)))
    resolve(
        frame(rows(1)), no_places(), IdentityLog(Path(folder) / "log"), NEXT, KEY, store=SolutionStore(Path(folder) / "solution")
    )


def _fatal(usual: Callable[..., Any], count: int) -> Callable[..., Any]:
    calls = iter(range(count - 1))

    def step(*given: Any, **named: Any) -> Any:
        if next(calls, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return usual(*given, **named)

    return step


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_a_solution_is_kept(step: str, tmp_path: Path) -> None:
    log, store = IdentityLog(tmp_path / "log"), SolutionStore(tmp_path / "solution")
    log.commit(resolve(frame(rows(0)), no_places(), log, DAY, KEY, store=store).log_event, "first")
    before = _members(tmp_path)
    died = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), step], cwd=ROOT, check=False, timeout=120)
    assert died.returncode == -signal.SIGKILL
    assert _members(tmp_path).equals(before) == (not step.startswith("unlink"))
    again = resolve(frame(rows(2)), no_places(), log, NEXT, KEY, store=SolutionStore(tmp_path / "solution"))
    anew = resolve(frame(rows(2)), no_places(), log, NEXT, KEY)
    for table in TABLES:
        ours, theirs = (getattr(one, table).drop("match_weight", strict=False) for one in (again, anew))
        assert ours.equals(theirs), table
    named = {path.name for path in (tmp_path / "solution").iterdir()}
    assert len(named) == len({name.partition("-")[0] for name in named}), "what a killed run left is still there"


def _members(folder: Path) -> pl.DataFrame:
    stored = SolutionStore(folder / "solution").load(KEY)
    assert stored is not None
    return stored[0].members
