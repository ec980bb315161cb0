"""The log alone tells every day's table again: on a demo street of which records come, change, leave, and are decided on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from benchmarks.street_records import person_records
from identity.frames import REF
from identity.log.decision import Decision
from identity.log.identity_log import IdentityLog
from identity.log.replay import replay
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from ingestion.demo.street import build_street

pytestmark = pytest.mark.slow
KEY = b"a key for tests only"
AT = datetime(2026, 11, 20, tzinfo=UTC)
PAIRS = 40


@dataclass(frozen=True)
class Days:
    """The log of some days, and what each day's run said."""

    log: IdentityLog
    said: list[Resolution]


def _run(records: pl.DataFrame, log: IdentityLog, day: int) -> Resolution:
    """One day's run, committed; its places are dwellings, which go by other names each day."""
    told = records.drop_nulls("dwelling_cluster")
    places = told.select(*REF, kind=pl.lit("dwelling"), cluster=pl.col("dwelling_cluster").str.head(3 + day % 2))
    resolution = resolve(records, places, log, AT + timedelta(days=day), KEY)
    log.commit(resolution.log_event, f"day{day}")
    return resolution


def _decide(log: IdentityLog, pairs: list[tuple[tuple[str, str, str], tuple[str, str, str]]], verdict: str, day: int) -> None:
    decisions = [Decision(left, right, verdict, "李", "看过户口本") for left, right in pairs]  # type: ignore[arg-type]
    log.decide(decisions, AT + timedelta(days=day, hours=1))


def _strangers(resolution: Resolution) -> list[tuple[tuple[str, str, str], tuple[str, str, str]]]:
    """Pairs of residents of one record each, no resident twice."""
    alone = resolution.resident_link.filter(pl.len().over("resident_id") == 1).select(REF).rows()
    return list(zip(alone[:PAIRS], alone[-PAIRS:], strict=True))


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """Five days: a part of a dirty street, all of it, some of it lost or without numbers, merged by people, parted by them."""
    records, _ = person_records(build_street(1000, 4, dirt=4.0), KEY)
    turn = pl.int_range(pl.len())
    blank = pl.when(turn % 5 > 0)
    poorer = records.with_columns(blank.then("id_number").alias("id_number"), blank.then("mobile").alias("mobile"))
    log = IdentityLog(tmp_path_factory.mktemp("log"))
    said = [_run(part, log, day) for day, part in enumerate((records.filter(turn % 4 > 0), records, poorer.filter(turn % 7 > 0)))]
    pairs = _strangers(said[-1])
    for day, verdict in ((3, "same"), (4, "different")):
        _decide(log, pairs, verdict, day - 1)
        said.append(_run(poorer.filter(turn % 7 > 0), log, day))
    return Days(log, said)


@pytest.mark.parametrize("day", range(5))
def test_every_days_table_is_told_again(days: Days, day: int) -> None:
    said, at = days.said[day], AT + timedelta(days=day)
    links = said.resident_link.select(*REF, entity_id="resident_id", at="linked_at")
    assert days.log.read(as_of=at).equals(links)
    places = said.place_link.select(*REF, entity_id="place_id").sort(REF)
    assert days.log.read("dwelling", at).drop("at").equals(places)
    assert days.log.state(at).decisions.height == (PAIRS if day > 2 else 0)


@pytest.mark.parametrize("day", range(5))
def test_every_days_forwards_are_told_again(days: Days, day: int) -> None:
    state = days.log.state(AT + timedelta(days=day))
    told = {(kind, old): new for kind in ("resident", "dwelling") for old, new in state.final(kind).items()}
    said = days.said[day].forward
    assert told == {(kind, old): new for kind, old, new in said.select("kind", "old_id", "new_id").iter_rows()}
    assert bool(told) == (day > 0)


def test_the_order_in_which_events_are_read_decides_nothing(days: Days) -> None:
    events = days.log.events()
    mixed = replay(events.sample(fraction=1.0, shuffle=True, seed=1))
    straight = replay(events)
    assert mixed.members.equals(straight.members)
    assert mixed.forwards.equals(straight.forwards)
    assert mixed.decisions.equals(straight.decisions)
    assert mixed.entities.sort("kind", "entity_id").equals(straight.entities.sort("kind", "entity_id"))


def test_merges_undone_leave_nothing_behind(days: Days) -> None:
    apart, merged, undone = days.said[2:]
    gone = set(apart.resident_link["resident_id"]) - set(merged.resident_link["resident_id"])
    assert len(gone) > PAIRS // 2  # what contradicts all else stays apart, and comes back to the queue
    residents = [frame.resident_link.select(*REF, "resident_id") for frame in (apart, undone)]
    assert residents[0].equals(residents[1])
    forwards = [frame.forward.filter(pl.col("kind") == "resident").drop("at") for frame in (apart, undone)]
    assert forwards[0].equals(forwards[1])
    assert undone.token.equals(apart.token)
