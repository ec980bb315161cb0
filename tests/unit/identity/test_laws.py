"""What must hold on every street, however its records come."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.frames import LOG_EVENT
from identity.log.identity_log import IdentityLog
from identity.resolve.resolution import Resolution
from tests.unit.identity.invented import DAY, groups, ids, run
from tests.unit.identity.street import make_street

SEEDS = st.integers(0, 10**6)
pytestmark = pytest.mark.slow  # whole invented streets
FEW = settings(max_examples=12, deadline=None)
FRAMES = ("resident_link", "place_link", "forward", "review", "token", "log_event")


def _linked(rows: list[dict[str, Any]], resolution: Resolution) -> pl.DataFrame:
    """Records with their residents."""
    told = pl.DataFrame(
        [{name: row[name] for name in ("source_key", "id_kind", "id_number", "birth_date", "role")} for row in rows]
    )
    return told.join(resolution.resident_link, "source_key")


@FEW
@given(SEEDS, SEEDS)
def test_the_order_of_records_decides_nothing(seed: int, shuffle: int) -> None:
    rows = make_street(seed)
    mixed = random.Random(shuffle).sample(rows, len(rows))  # noqa: S311 - invented data
    with tempfile.TemporaryDirectory() as folder:
        one, other = run(rows, Path(folder)), run(mixed, Path(folder))
    assert all(getattr(one, name).equals(getattr(other, name)) for name in FRAMES)


@FEW
@given(SEEDS)
def test_no_false_merge_and_no_two_numbers_in_one_person(seed: int) -> None:
    rows = make_street(seed)
    with tempfile.TemporaryDirectory() as folder:
        linked = _linked(rows, run(rows, Path(folder)))
    borrowed = pl.col("source_key").str.ends_with("borrowed")
    numbers = linked.filter(~borrowed & (pl.col("id_kind") == "citizen")).drop_nulls("id_number")
    assert numbers.group_by("resident_id").agg(pl.col("id_number").n_unique())["id_number"].eq(1).all()
    assert linked.group_by("resident_id").agg(pl.col("role").n_unique())["role"].eq(1).all()


@FEW
@given(SEEDS)
def test_most_records_of_a_person_are_found(seed: int) -> None:
    rows = make_street(seed)
    with tempfile.TemporaryDirectory() as folder:
        linked = _linked(rows, run(rows, Path(folder)))
    assert linked["resident_id"].n_unique() <= linked["role"].n_unique() * 1.25


@FEW
@given(SEEDS, st.floats(0.02, 0.5))
def test_new_records_leave_old_identifiers_alone(seed: int, share: float) -> None:
    rows = make_street(seed)
    late = set(random.Random(seed).sample(range(len(rows)), max(1, int(len(rows) * share))))  # noqa: S311 - invented data
    first = [row for place, row in enumerate(rows) if place not in late]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = run(first, folder, commit=True)
        after = run(rows, folder, DAY + timedelta(days=1), commit=True)
        again = run(rows, folder, DAY + timedelta(days=2))
    gone = set(ids(before).values()) - set(ids(after).values())
    assert gone == set(after.forward["old_id"].to_list())
    assert set(after.forward["new_id"].to_list()) <= set(ids(after).values())
    kept = {key: ids(after)[key] == identifier for key, identifier in ids(before).items()}
    undisturbed = groups(before) & groups(after)
    assert all(kept[key] for group in undisturbed for key in group)
    assert again.log_event.is_empty()
    assert again.resident_link.equals(after.resident_link)


@FEW
@given(SEEDS)
def test_records_that_leave_come_back_to_the_same_person(seed: int) -> None:
    rows = make_street(seed)
    absent = set(random.Random(seed).sample(range(len(rows)), len(rows) // 3))  # noqa: S311 - invented data
    rest = [row for place, row in enumerate(rows) if place not in absent]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = run(rows, folder, commit=True)
        run(rest, folder, DAY + timedelta(days=1), commit=True)
        after = run(rows, folder, DAY + timedelta(days=2), commit=True)
    assert ids(after) == ids(before)
    assert not set(after.forward["old_id"].to_list()) & set(ids(before).values())


@FEW
@given(SEEDS)
def test_the_log_alone_tells_today_and_yesterday(seed: int) -> None:
    rows = make_street(seed)
    with tempfile.TemporaryDirectory() as name:
        folder, log = Path(name), IdentityLog(Path(name))
        before = run(rows[: len(rows) // 2], folder, commit=True)
        after = run(rows[len(rows) // 4 :], folder, DAY + timedelta(days=1), commit=True)
        now, yesterday = log.read(), log.read(as_of=DAY + timedelta(hours=5))
        assert log.events().schema == pl.Schema(LOG_EVENT)
    assert dict(now.select("source_key", "entity_id").iter_rows()) == ids(after)
    assert dict(yesterday.select("source_key", "entity_id").iter_rows()) == ids(before)
