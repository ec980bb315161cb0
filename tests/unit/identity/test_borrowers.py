"""A number stands for two names; somebody else who bears the second one comes or goes, and the number is judged again."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from identity.log.identity_log import IdentityLog
from identity.resolve.run import resolve
from identity.rules.rule_book import load_rule_book
from identity.solution.again import solve_again
from identity.solution.numbering import digested
from identity.solution.store import SolutionStore
from tests.unit.identity.invented import DAY, KEY, frame, ids, no_places, number_of, record
from tests.unit.identity.street import make_street

pytestmark = pytest.mark.slow

OWNER, OTHER = "欧阳雪", "司马兰"
BORN = date(1950, 3, 2)
SHARED = number_of(BORN, 601)
HOME = {"dwelling_cluster": "d-shared", "mobile": "13900009999"}
# The register tells that the owner bore another name; the list tells which, unless somebody else who bears it may have borrowed.
REGISTERED = record("register", OWNER, SHARED, "police.SYRK", former_name_key=OWNER, birth_date=BORN, **HOME)
RENAMED = record("list", OTHER, SHARED, "civil.assistance-cases", **HOME)
# Two namesakes elsewhere, the youngest of the name, and of the owner's generation: they did not borrow it.
PEERS = [record(f"peer-{year}", OTHER, number_of(date(year, 5, 6), 602), dwelling_cluster=f"d{year}") for year in (1955, 1958)]
BORROWERS = {
    "at the dwelling": record("b", OTHER, number_of(date(1928, 1, 1), 603), dwelling_cluster="d-shared"),
    "on the phone": record("b", OTHER, number_of(date(1928, 1, 1), 603), mobile="13900009999"),
    "of the birth date": record("b", OTHER, number_of(BORN, 604, "319998")),
    "of a birth date without a number": record("b", OTHER, None, "civil.elderly-services", birth_date=BORN),
    "a generation younger": record("b", OTHER, number_of(date(1980, 1, 1), 605), dwelling_cluster="d-far"),
    "of an unknown birth date": record("b", OTHER, None, id_kind="passport", id_number="E12345678", id_status="valid"),
}
BYSTANDERS = {
    "older and elsewhere": record("b", OTHER, number_of(date(1928, 1, 1), 603), dwelling_cluster="d-far"),
    "of another name": record("b", "司马岚", number_of(date(1980, 1, 1), 605), dwelling_cluster="d-far"),
}


def is_renamed(rows: list[dict[str, Any]], log: IdentityLog, store: SolutionStore, *, again: bool) -> bool:
    """Whether the list's record is the register's person; solved again from the last solution, or for the first time."""
    last = store.load(KEY)
    assert (last is not None) == again
    if last:
        assert solve_again(digested(frame(rows)), log.state().decisions, load_rule_book(), KEY, last[0]) is not None
    resolution = resolve(frame(rows), no_places(), log, DAY + timedelta(days=again), KEY, store=store)
    log.commit(resolution.log_event, f"day{again}")
    known = ids(resolution)
    return known["register"] == known["list"]


@pytest.mark.parametrize("is_coming", [True, False])
@pytest.mark.parametrize("who", [*BORROWERS, *BYSTANDERS])
def test_a_borrower_comes_or_goes(who: str, is_coming: bool, tmp_path: Path) -> None:
    without = [*make_street(9, homes=20), REGISTERED, RENAMED, *PEERS]
    beside = [*without, (BORROWERS | BYSTANDERS)[who]]
    days = (without, beside) if is_coming else (beside, without)
    log, store = IdentityLog(tmp_path / "log"), SolutionStore(tmp_path / "solution")
    found = [is_renamed(rows, log, store, again=bool(turn)) for turn, rows in enumerate(days)]
    expected = [True, who in BYSTANDERS] if is_coming else [who in BYSTANDERS, True]
    assert found == expected


@pytest.mark.parametrize("who", [*BORROWERS, *BYSTANDERS])
def test_a_borrower_stays_and_the_number_is_told_otherwise(who: str, tmp_path: Path) -> None:
    first = [*make_street(9, homes=20), REGISTERED, RENAMED, *PEERS, (BORROWERS | BYSTANDERS)[who]]
    second = [row | {"building_cluster": "g-shared"} if row is RENAMED else row for row in first]
    log, store = IdentityLog(tmp_path / "log"), SolutionStore(tmp_path / "solution")
    found = [is_renamed(rows, log, store, again=bool(turn)) for turn, rows in enumerate((first, second))]
    assert found == [who in BYSTANDERS] * 2
