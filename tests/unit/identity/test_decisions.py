"""People's word binds the rules, in this run and in every later one."""

from datetime import date, timedelta
from pathlib import Path

from identity.log.decision import Decision
from identity.log.identity_log import IdentityLog
from tests.unit.identity.invented import DAY, groups, ids, number_of, record, run

BORN = date(1960, 2, 3)
ONE, OTHER = number_of(BORN, 111), number_of(BORN, 113)


def _ref(key: str) -> tuple[str, str, str]:
    return ("property", "owner", key)


def _decide(folder: Path, left: str, right: str, verdict: str, day: int) -> None:
    IdentityLog(folder).decide([Decision(_ref(left), _ref(right), verdict, "王", "上门核实")], DAY + timedelta(days=day))  # type: ignore[arg-type]


def test_a_merge_by_people_and_its_exact_inverse(tmp_path: Path) -> None:
    rows = [record("a", "李建国", ONE), record("a2", "李建国", ONE), record("b", "李建国", OTHER), record("b2", "李建国", OTHER)]
    apart = run(rows, tmp_path, commit=True)
    _decide(tmp_path, "a", "b", "same", 1)
    merged = run(rows, tmp_path, DAY + timedelta(days=2), commit=True)
    assert groups(merged) == {frozenset({"a", "a2", "b", "b2"})}
    assert set(ids(apart).values()) == {merged.forward["old_id"][0], merged.forward["new_id"][0]}
    assert merged.forward["reason"].to_list() == ["merge"]
    assert merged.review.is_empty()
    _decide(tmp_path, "a", "b", "different", 3)
    undone = run(rows, tmp_path, DAY + timedelta(days=4), commit=True)
    assert ids(undone) == ids(apart)
    assert undone.forward.is_empty()
    assert undone.review.is_empty()
    assert set(undone.log_event["event"].to_list()) == {"created", "split", "left", "joined"}


def test_never_link_holds_against_an_equal_number(tmp_path: Path) -> None:
    rows = [record("a", "李建国", ONE), record("b", "李建国", ONE)]
    _decide(tmp_path, "a", "b", "different", 0)
    assert groups(run(rows, tmp_path)) == {frozenset("a"), frozenset("b")}


def test_later_binds_nothing(tmp_path: Path) -> None:
    rows = [record("a", "李建国", ONE), record("b", "李建国", ONE)]
    _decide(tmp_path, "a", "b", "later", 0)
    assert groups(run(rows, tmp_path)) == {frozenset({"a", "b"})}


def test_same_joins_what_shares_nothing(tmp_path: Path) -> None:
    rows = [record("a", "李建国", ONE), record("b", "李卫东", birth_date=date(1961, 1, 1), sex_code="2", entity="property.owner")]
    _decide(tmp_path, "a", "b", "same", 0)
    resolution = run(rows, tmp_path)
    assert groups(resolution) == {frozenset({"a", "b"})}
    assert set(resolution.resident_link["linked_by"].to_list()) == {"decision@1"}


def test_decisions_that_contradict_each_other_come_back(tmp_path: Path) -> None:
    rows = [record(key, name) for key, name in (("a", "李建国"), ("b", "王芳"), ("c", "赵敏"))]
    for left, right, verdict in (("a", "b", "same"), ("b", "c", "same"), ("a", "c", "different")):
        _decide(tmp_path, left, right, verdict, 0)
    resolution = run(rows, tmp_path)
    assert all(not {"a", "c"} <= group for group in groups(resolution))
    assert resolution.review["reasons"].str.starts_with("人工判定为同一人；不予合并").any()


def test_same_joins_both_people_whole(tmp_path: Path) -> None:
    her = {"birth_date": date(1971, 12, 9), "sex_code": "2", "mobile": "13900000002", "dwelling_cluster": "d2"}
    rows = [
        record("a", "李建国", ONE, mobile="13900000001", dwelling_cluster="d1"),
        record("a2", "李建国", birth_date=BORN, sex_code="1", mobile="13900000001", dwelling_cluster="d1", entity="police.SYRK"),
        record("b", "李卫东", **her),
        record("b2", "李卫东", entity="police.SYRK", **her),
    ]
    assert groups(run(rows, tmp_path)) == {frozenset({"a", "a2"}), frozenset({"b", "b2"})}
    _decide(tmp_path, "a", "b", "same", 0)
    resolution = run(rows, tmp_path, DAY + timedelta(days=1))
    assert groups(resolution) == {frozenset({"a", "a2", "b", "b2"})}
    assert resolution.review.is_empty()
