"""Naming only the places whose records moved gives what naming all of them against the whole log gives."""

import random
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from identity.frames import PLACE
from identity.log.identity_log import IdentityLog
from identity.resolve import run
from identity.resolve.run import resolve
from identity.solution.store import SolutionStore
from tests.unit.identity.invented import DAY, KEY, frame, number_of, record

TABLES = ("place_link", "place_change", "forward", "log_event", "resident_link")
Places = dict[tuple[str, str], str]  # kind and key of a record, its cluster


def as_frame(places: Places, chance: random.Random) -> pl.DataFrame:
    """In any order; one record stands twice, one matched nothing."""
    rows = [(kind, "property", "house", key, cluster) for (kind, key), cluster in places.items()]
    chance.shuffle(rows)
    rows += [rows[0], ("dwelling", "police", "BZDZ", "nowhere", None)]
    return pl.DataFrame(rows, schema=PLACE, orient="row")


def a_day_later(places: Places, away: Places, chance: random.Random) -> tuple[Places, Places]:
    """Some records go to another cluster, some go, those that were away come back, one is new; clusters get other texts."""
    now = dict(places)
    for place in chance.sample(sorted(now), 4):
        now[place] = chance.choice(sorted(now.values()))
    gone = {place: now.pop(place) for place in chance.sample(sorted(now), 2)}
    old, new = chance.choice(sorted(now.values())), f"text {chance.random()}"
    now = {place: new if cluster == old else cluster for place, cluster in now.items()} | away
    return now | {(chance.choice(("dwelling", "building", "estate")), f"new {chance.random()}"): "a new one"}, gone


@pytest.mark.slow  # twelve solves each
@pytest.mark.parametrize("seed", range(6))
def test_days_in_a_row(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    log, store = IdentityLog(tmp_path / "log"), SolutionStore(tmp_path / "solution")
    people = [record(f"p{place}", f"王{place}", number_of(DAY.date(), place + 1)) for place in range(3)]
    kinds = ("dwelling", "dwelling", "building", "estate")
    places = {(chance.choice(kinds), f"k{key}"): f"c{chance.randrange(12)}" for key in range(30)}
    away: Places = {}
    for day in range(6):
        at, told = DAY + timedelta(days=day), as_frame(places, chance)
        anew = resolve(frame(people), told, log, at, KEY)
        with monkeypatch.context() as patch:
            if day and day != 4:  # on the day after the one that was not published the whole log is told
                patch.setattr(run, "replay", None)
            again = resolve(frame(people), told, log, at, KEY, store=store)
        for table in TABLES:
            assert getattr(again, table).equals(getattr(anew, table)), (day, table)
        if day != 3:
            log.commit(again.log_event, f"day{day}")
        places, away = a_day_later(places, away, chance)


def test_the_same_places_in_another_order_are_no_news(tmp_path: Path) -> None:
    log, store = IdentityLog(tmp_path / "log"), SolutionStore(tmp_path / "solution")
    told = as_frame({("dwelling", f"k{key}"): f"c{key % 3}" for key in range(9)}, random.Random(1))  # noqa: S311 - no secret
    before = resolve(frame([]), told, log, DAY, KEY, store=store)
    log.commit(before.log_event, "first")
    again = resolve(frame([]), told.reverse(), log, DAY + timedelta(days=1), KEY, store=store)
    assert again.log_event.is_empty()
    assert again.place_link.equals(before.place_link)
