"""Identifiers of places: kept, merged, split, forwarded, by the same means as those of people."""

from datetime import timedelta
from pathlib import Path

import polars as pl

from identity.frames import PLACE
from identity.log.identity_log import IdentityLog
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from tests.unit.identity.invented import DAY, KEY, frame


def _run(clusters: dict[str, str], folder: Path, day: int) -> Resolution:
    rows = [("dwelling", "property", "house", key, cluster) for key, cluster in clusters.items()]
    places = pl.DataFrame(rows, schema=PLACE, orient="row")
    log = IdentityLog(folder)
    resolution = resolve(frame([]), places, log, DAY + timedelta(days=day), KEY)
    log.commit(resolution.log_event, f"day{day}")
    return resolution


def _ids(resolution: Resolution) -> dict[str, str]:
    return dict(resolution.place_link.select("source_key", "place_id").iter_rows())


def _events(resolution: Resolution) -> list[tuple[str, str | None]]:
    return resolution.log_event.filter(~pl.col("event").is_in(["joined", "left"])).select("event", "reason").rows()


def test_new_names_of_clusters_change_nothing(tmp_path: Path) -> None:
    before = _run({"a": "x", "b": "x", "c": "y"}, tmp_path, 0)
    after = _run({"a": "p", "b": "p", "c": "a"}, tmp_path, 1)
    assert _ids(after) == _ids(before)
    assert after.log_event.is_empty()
    assert all(place_id.startswith("D") and len(place_id) == 17 for place_id in _ids(before).values())


def test_the_larger_part_keeps_its_identifier_in_merge_and_split(tmp_path: Path) -> None:
    before = _ids(_run({"a": "x", "b": "x", "c": "y"}, tmp_path, 0))
    merged = _run(dict.fromkeys("abc", "x"), tmp_path, 1)
    assert set(_ids(merged).values()) == {before["a"]}
    assert merged.forward.select("old_id", "new_id", "reason").rows() == [(before["c"], before["a"], "merge")]
    assert _events(merged) == [("merged", "merge"), ("forwarded", "merge")]
    split = _run({"a": "x", "b": "y", "c": "y"}, tmp_path, 2)
    assert _ids(split)["b"] == _ids(split)["c"] == before["a"]
    assert _ids(split)["a"] not in before.values()
    assert ("split", "split") in _events(split)
    assert split.forward.height == 1


def test_an_identifier_whose_records_all_went_elsewhere_forwards_to_most_of_them(tmp_path: Path) -> None:
    first = {"a": "x", "b": "x", "c": "x", "p": "y", "q": "y", "r": "y", "s": "y", "u": "z", "v": "z"}
    before = _ids(_run(first, tmp_path, 0))
    after = _run(first | {"a": "y", "b": "y", "c": "z"}, tmp_path, 1)
    assert after.forward.select("old_id", "new_id", "reason").rows() == [(before["a"], before["p"], "split")]


def test_chains_of_forwards_end_at_the_living(tmp_path: Path) -> None:
    before = _ids(_run({"a": "1", "b": "2", "c": "3", "d": "3", "e": "3"}, tmp_path, 0))
    middle = _run({"a": "1", "b": "1", "c": "3", "d": "3", "e": "3"}, tmp_path, 1)
    after = _run(dict.fromkeys("abcde", "3"), tmp_path, 2)
    assert middle.forward.height == 1
    assert after.forward["new_id"].unique().to_list() == [before["c"]]
    assert set(after.forward["old_id"].to_list()) == {before["a"], before["b"]}


def test_a_place_without_a_cluster_has_no_identifier(tmp_path: Path) -> None:
    places = pl.DataFrame([("dwelling", "property", "house", "a", None)], schema=PLACE, orient="row")
    assert resolve(frame([]), places, IdentityLog(tmp_path), DAY, KEY).place_link.is_empty()
