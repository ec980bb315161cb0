"""Solving again only what a change can reach gives what solving everybody gives."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from identity.ids.kept import Kept
from identity.log.decision import Decision, Ref
from identity.log.erase import erase_from_log
from identity.log.identity_log import IdentityLog, IdentityLogError
from identity.resolve import found
from identity.resolve.moved import followed
from identity.resolve.people import Around
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from identity.rules.rule_book import RuleBook, load_rule_book
from identity.solution.again import solve_again
from identity.solution.numbering import digested
from identity.solution.solution import NO, Solution
from identity.solution.solve import cluster_tokens, solve_all, solve_part
from identity.solution.store import SolutionStore
from tests.unit.identity.invented import DAY, KEY, frame, no_places
from tests.unit.identity.street import make_street

pytestmark = pytest.mark.slow

NEXT = DAY + timedelta(days=1)
SOLVED = ("members", "refusals", "disputes")
TABLES = ("resident_link", "token", "forward", "log_event")


def first_run(rows: list[dict[str, Any]], folder: Path) -> tuple[IdentityLog, SolutionStore]:
    """Solve and commit; gives the log and the store."""
    log, store = IdentityLog(folder / "log"), SolutionStore(folder / "solution")
    log.commit(resolve(frame(rows), no_places(), log, DAY, KEY, store=store).log_event, "first")
    return log, store


def both_ways(rows: list[dict[str, Any]], log: IdentityLog, store: SolutionStore) -> tuple[Resolution, Resolution]:
    """Resolved from the last solution, and everybody as if there were none, with the weights that the last solution keeps.

    What is learned of a whole population (how often records of one person agree) is learned when everybody is solved, and kept
    until then: a street of a hundred people would learn something else of every change (docs/decisions/0006).
    """
    again = resolve(frame(rows), no_places(), log, NEXT, KEY, store=store)
    around = Around(stored_of(store)[0].frequencies, pl.Series([], dtype=NO), pl.Series([], dtype=pl.UInt64))

    def solve_everybody(records: pl.DataFrame, decisions: pl.DataFrame, book: RuleBook, key: bytes, *, is_kept: bool) -> Solution:
        assert not is_kept
        part = solve_part(records.with_row_index("no"), decisions, book, around)
        solved = {name: getattr(part, name) for name in SOLVED} | {"tokens": cluster_tokens(part.bearing, key)}
        return replace(solve_all(records, decisions, book, key, is_kept=False), **solved)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(found, "solve_all", solve_everybody)
        return again, resolve(frame(rows), no_places(), log, NEXT, KEY)


def told(resolution: Resolution, table: str) -> pl.DataFrame:
    """A table without the weights, which hang on frequencies that are counted for everybody only."""
    found: pl.DataFrame = getattr(resolution, table)
    return found.drop("match_weight", "score", strict=False)


NUMBER, HOME = ("id_kind", "id_number", "id_status"), ("dwelling_cluster", "building_cluster")
# What a record says of itself no more, or as somebody else does: a number of a housemate or a namesake has to be judged again.
LOST = (NUMBER, HOME)
TAKEN = (("mobile",), ("dwelling_cluster",), ("name", "name_key"), NUMBER, ("birth_date",), ("household_no",))


def changed(rows: list[dict[str, Any]], chance: random.Random, count: int) -> list[dict[str, Any]]:
    """The rows with some of them gone, new, or saying something else."""
    rows = [dict(row) for row in rows]
    for place in chance.sample(range(len(rows)), count):
        row, other = rows[place], rows[chance.randrange(len(rows))]
        kind = chance.randrange(len(LOST) + len(TAKEN) + 2)
        if kind < len(LOST):
            row |= dict.fromkeys(LOST[kind])
        elif kind < len(LOST) + len(TAKEN):
            row |= {name: other.get(name) for name in TAKEN[kind - len(LOST)]}
        elif kind == len(LOST) + len(TAKEN):
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


@pytest.mark.parametrize("seed", range(3, 7))
def test_several_days_in_a_row(seed: int, tmp_path: Path) -> None:
    """Records come, go and come back, people decide, and a day is not published: every day is as if everybody were solved."""
    chance, rows = random.Random(seed), make_street(seed, homes=45)  # noqa: S311 - no secret
    log, store = first_run(rows, tmp_path)
    away: list[dict[str, Any]] = []
    for day in range(7):
        now = changed(rows, chance, 3)
        here = {row["source_key"] for row in now}
        back, away = away, [row for row in rows if row["source_key"] not in here]
        rows = [*now, *(row for row in back if row["source_key"] not in here)]
        again, anew = both_ways(rows, log, store)
        for table in TABLES:
            assert told(again, table).equals(told(anew, table)), (day, table)
        assert told(again, "review").sort("review_id").equals(told(anew, "review").sort("review_id"))
        if day != 4:
            log.commit(again.log_event, f"day{day}")
        log.decide([_verdict(again.resident_link, chance)], NEXT)


def _verdict(links: pl.DataFrame, chance: random.Random) -> Decision:
    """Somebody is torn apart."""
    several = links.filter(pl.len().over("resident_id") > 1)
    mine = several.filter(pl.col("resident_id") == chance.choice(several["resident_id"].unique().sort().to_list()))
    left, right = mine.head(2).select("source_system", "source_entity", "source_key").rows()
    return Decision(left, right, "different", "a clerk", "seen on the spot")


@pytest.mark.parametrize("harm", ["", "rewritten", "not published", "another run", "changed"])
def test_what_is_kept_of_the_log_holds_only_as_it_goes_on(harm: str, tmp_path: Path) -> None:
    rows = make_street(6)
    log, store = first_run(rows, tmp_path)
    kept = stored_of(store)[1]
    (segment,) = (tmp_path / "log").iterdir()
    if harm == "changed":
        segment.write_bytes(segment.read_bytes() + b" ")
        with pytest.raises(IdentityLogError):
            followed(kept, log)
        return
    if harm == "rewritten":
        erase_from_log(tmp_path / "log", frozenset(), frozenset({("police", "SYRK", "no such"), _some_ref(log)}))
    elif harm == "not published":
        segment.unlink()
    elif harm == "another run":
        log.commit(resolve(frame(rows[5:]), no_places(), log, NEXT, KEY).log_event, "another")
    assert (followed(kept, log) is None) == bool(harm)


def _some_ref(log: IdentityLog) -> Ref:
    return log.read().select("source_system", "source_entity", "source_key").row(0)  # type: ignore[return-value]


def stored_of(store: SolutionStore) -> tuple[Solution, Kept]:
    """What is stored."""
    stored = store.load(KEY)
    assert stored is not None
    return stored


def test_without_a_change_the_solution_stands(tmp_path: Path) -> None:
    rows = make_street(1)
    log, store = first_run(rows, tmp_path)
    stored = stored_of(store)
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
        next(folder.glob("members-*.arrow")).unlink()
    elif harm == "cut file":
        cut = next(folder.glob("base-*.arrow"))
        cut.write_bytes(cut.read_bytes()[:100])
    elif harm == "other rules":
        stamp = folder / "solution.json"
        stamp.write_text(stamp.read_text(encoding="utf-8").replace('"made_by": "', '"made_by": "0'), encoding="utf-8")
    assert store.load(key) is None
    found = resolve(frame(rows), no_places(), log, NEXT, KEY, store=store)
    assert found.log_event.is_empty()


def test_a_crash_while_a_solution_is_kept_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = make_street(7)
    _, store = first_run(rows, tmp_path)
    before = stored_of(store)
    with monkeypatch.context() as patch:
        patch.setattr(SolutionStore, "_write", _broken)
        with pytest.raises(OSError, match="no space"):
            store.save(*before, KEY)
    assert stored_of(SolutionStore(tmp_path / "solution"))[0].members.equals(before[0].members)
    store.save(*before, KEY)  # what the crash left lies in nobody's way, and files that are as they were keep their bytes
    again = stored_of(SolutionStore(tmp_path / "solution"))
    assert again[0].index.base.equals(before[0].index.base)
    assert again[1].given.equals(before[1].given)


def _broken(_store: SolutionStore, frame: pl.DataFrame, path: Path) -> None:
    if path.name.startswith("claimed-"):
        raise OSError("no space left")
    frame.write_ipc(path)


def test_a_name_that_loses_its_last_known_bearer_is_judged_anew_for_all_who_bear_it(tmp_path: Path) -> None:
    """Whether somebody with a number bears a name is evidence for pairs that share nothing else with the change."""
    for seed in range(3):
        rows = make_street(seed, homes=20)
        log, store = first_run(rows, folder := tmp_path / str(seed))
        names = [row["name_key"] for row in rows if row["id_number"]]
        rare = min(sorted(set(names)), key=names.count)
        now = [row if row["name_key"] != rare else row | dict.fromkeys(("id_kind", "id_number", "id_status")) for row in rows]
        again, anew = both_ways(now, log, store)
        for table in TABLES:
            assert told(again, table).equals(told(anew, table)), (folder.name, table)


def test_most_of_a_street_changed_is_solved_anew(tmp_path: Path) -> None:
    rows = make_street(5)
    log, store = first_run(rows, tmp_path)
    stored = store.load(KEY)
    assert stored is not None
    now = digested(frame(changed(rows, random.Random(5), len(rows) // 2)))  # noqa: S311 - no secret
    assert solve_again(now, log.state().decisions, load_rule_book(), KEY, stored[0]) is None
