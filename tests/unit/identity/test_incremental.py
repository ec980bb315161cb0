"""Solving again only what a change can reach gives what solving everybody gives."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from identity.log.decision import Decision
from identity.log.identity_log import IdentityLog
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from identity.rules.rule_book import load_rule_book
from identity.solution.again import solve_again
from identity.solution.numbering import digested
from identity.solution.store import SolutionStore
from tests.unit.identity.invented import DAY, KEY, frame, no_places
from tests.unit.identity.street import make_street

pytestmark = pytest.mark.slow

NEXT = DAY + timedelta(days=1)
TABLES = ("resident_link", "token", "forward", "log_event")


def first_run(rows: list[dict[str, Any]], folder: Path) -> tuple[IdentityLog, SolutionStore]:
    """Solve and commit; gives the log and the store."""
    log, store = IdentityLog(folder / "log"), SolutionStore(folder / "solution")
    log.commit(resolve(frame(rows), no_places(), log, DAY, KEY, store=store).log_event, "first")
    return log, store


def both_ways(rows: list[dict[str, Any]], log: IdentityLog, store: SolutionStore) -> tuple[Resolution, Resolution]:
    """Resolved from the last solution, and as if there were none."""
    again = resolve(frame(rows), no_places(), log, NEXT, KEY, store=store)
    return again, resolve(frame(rows), no_places(), log, NEXT, KEY)


def told(resolution: Resolution, table: str) -> pl.DataFrame:
    """A table without the weights, which hang on frequencies that are counted for everybody only."""
    found: pl.DataFrame = getattr(resolution, table)
    return found.drop("match_weight", "score", strict=False)


def changed(rows: list[dict[str, Any]], chance: random.Random, count: int) -> list[dict[str, Any]]:
    """The rows with some of them gone, new, or saying something else."""
    rows = [dict(row) for row in rows]
    for place in chance.sample(range(len(rows)), count):
        row, other = rows[place], rows[chance.randrange(len(rows))]
        kind = chance.randrange(6)
        if kind == 0:
            row["mobile"] = other.get("mobile")
        elif kind == 1:
            row |= dict.fromkeys(("id_kind", "id_number", "id_status"))
        elif kind == 2:
            row["dwelling_cluster"] = other.get("dwelling_cluster")
        elif kind == 3:
            row["name"] = row["name_key"] = other["name_key"]
        elif kind == 4:
            row["source_key"] += "x"
        else:
            row["is_gone"] = True
    return [row for row in rows if not row.pop("is_gone", False)]


@pytest.mark.parametrize("seed", range(8))
def test_a_change_is_solved_as_everybody_is(seed: int, tmp_path: Path) -> None:
    rows = make_street(seed, homes=45)
    log, store = first_run(rows, tmp_path)
    stored, numbered = store.load(KEY), digested(frame(now := changed(rows, random.Random(seed), 7)))  # noqa: S311 - no secret
    assert stored is not None
    assert solve_again(numbered, log.state().decisions, load_rule_book(), KEY, stored[0]) is not None
    again, anew = both_ways(now, log, store)
    for table in TABLES:
        assert told(again, table).equals(told(anew, table)), table
    assert told(again, "review").sort("review_id").equals(told(anew, "review").sort("review_id"))


def test_several_changes_in_a_row(tmp_path: Path) -> None:
    chance, rows = random.Random(3), make_street(3, homes=45)  # noqa: S311 - no secret
    log, store = first_run(rows, tmp_path)
    for _ in range(4):
        rows = changed(rows, chance, 3)
        again, anew = both_ways(rows, log, store)
        assert told(again, "resident_link").equals(told(anew, "resident_link"))
        log.commit(again.log_event, "next")


def test_without_a_change_the_solution_stands(tmp_path: Path) -> None:
    rows = make_street(1)
    log, store = first_run(rows, tmp_path)
    stored = store.load(KEY)
    assert stored is not None
    found = solve_again(digested(frame(rows[::-1])), log.state().decisions, load_rule_book(), KEY, stored[0])
    assert found is not None
    assert found.members.equals(stored[0].members)
    assert resolve(frame(rows), no_places(), log, NEXT, KEY, store=store).log_event.is_empty()


def test_a_decision_is_heard(tmp_path: Path) -> None:
    rows = make_street(2)
    log, store = first_run(rows, tmp_path)
    links = resolve(frame(rows), no_places(), log, NEXT, KEY).resident_link
    pair = links.filter(pl.len().over("resident_id") > 1).sort("resident_id").head(2)
    left, right = pair.select("source_system", "source_entity", "source_key").rows()
    log.decide([Decision(left, right, "different", "a clerk", "seen on the spot")], NEXT)
    again, anew = both_ways(rows, log, store)
    assert again.resident_link["resident_id"].n_unique() == links["resident_id"].n_unique() + 1
    assert told(again, "resident_link").equals(told(anew, "resident_link"))


@pytest.mark.parametrize("harm", ["other key", "gone file", "cut file", "other rules"])
def test_a_solution_that_cannot_be_trusted_is_not_used(harm: str, tmp_path: Path) -> None:
    rows = make_street(4)
    log, store = first_run(rows, tmp_path)
    folder, key = tmp_path / "solution", b"another key" if harm == "other key" else KEY
    if harm == "gone file":
        (folder / "members.arrow").unlink()
    elif harm == "cut file":
        (folder / "base.arrow").write_bytes((folder / "base.arrow").read_bytes()[:100])
    elif harm == "other rules":
        stamp = folder / "solution.json"
        stamp.write_text(stamp.read_text(encoding="utf-8").replace('"made_by": "', '"made_by": "0'), encoding="utf-8")
    assert store.load(key) is None
    found = resolve(frame(rows), no_places(), log, NEXT, KEY, store=store)
    assert found.log_event.is_empty()


def test_most_of_a_street_changed_is_solved_anew(tmp_path: Path) -> None:
    rows = make_street(5)
    log, store = first_run(rows, tmp_path)
    stored = store.load(KEY)
    assert stored is not None
    now = digested(frame(changed(rows, random.Random(5), len(rows) // 2)))  # noqa: S311 - no secret
    assert solve_again(now, log.state().decisions, load_rule_book(), KEY, stored[0]) is None
