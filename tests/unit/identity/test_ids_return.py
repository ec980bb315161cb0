"""A merge undone is undone exactly, whatever the sizes of its parts and whoever came meanwhile."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from identity.frames import PLACE
from identity.log.identity_log import IdentityLog
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from tests.unit.identity.invented import DAY, KEY, frame

pytestmark = pytest.mark.slow


def _run(parts: list[str], folder: Path, day: int) -> Resolution:
    """Each part is a cluster of places, one a letter."""
    rows = [("dwelling", "property", "house", key, part) for part in parts for key in part]
    log = IdentityLog(folder)
    resolution = resolve(frame([]), pl.DataFrame(rows, schema=PLACE, orient="row"), log, DAY + timedelta(days=day), KEY)
    log.commit(resolution.log_event, f"day{day}")
    return resolution


def _ids(resolution: Resolution) -> dict[str, str]:
    return dict(resolution.place_link.select("source_key", "place_id").iter_rows())


@pytest.mark.parametrize(
    "parts", [["a", "b"], ["ab", "cd"], ["a", "b", "c", "d"], ["abc", "de", "f"], ["f", "ed", "cba"], ["ac", "bd", "e"]]
)
def test_parts_get_their_own_identifiers_back(parts: list[str], tmp_path: Path) -> None:
    before = _run(parts, tmp_path, 0)
    merged = _run(["".join(parts)], tmp_path, 1)
    undone = _run(parts, tmp_path, 2)
    assert merged.forward.height == len(parts) - 1
    assert _ids(undone) == _ids(before)
    assert undone.forward.is_empty()
    again = _run(["".join(parts)], tmp_path, 3)
    assert _ids(again) == _ids(merged)


def test_one_part_after_the_other(tmp_path: Path) -> None:
    before = _ids(_run(["a", "b", "c"], tmp_path, 0))
    _run(["ab", "c"], tmp_path, 1)
    _run(["abc"], tmp_path, 2)
    _run(["ab", "c"], tmp_path, 3)
    assert _ids(_run(["a", "b", "c"], tmp_path, 4)) == before


def test_who_came_meanwhile_does_not_outvote_the_owner(tmp_path: Path) -> None:
    before = _ids(_run(["ab", "cd"], tmp_path, 0))
    merged = _ids(_run(["abcdx"], tmp_path, 1))
    guests, owners = ("ab", "cd") if merged["a"] != before["a"] else ("cd", "ab")
    undone = _ids(_run([f"{guests}x", owners], tmp_path, 2))
    assert {key: undone[key] for key in "abcd"} == before
    assert undone["x"] == before[guests[0]]


def test_a_part_of_what_was_never_merged_is_new(tmp_path: Path) -> None:
    before = _ids(_run(["abc"], tmp_path, 0))
    after = _run(["ab", "c"], tmp_path, 1)
    assert _ids(after)["a"] == before["a"]
    assert _ids(after)["c"] not in before.values()
    assert after.forward.is_empty()
