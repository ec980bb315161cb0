"""A verdict holds; what nobody could know when it was given brings the pair back to people."""

from datetime import date, timedelta
from pathlib import Path

from identity.log.decision import Decision, Seen
from identity.log.identity_log import IdentityLog
from tests.unit.identity.invented import DAY, failed, groups, number_of, record, run

BORN = date(1960, 2, 3)
ONE, OTHER = number_of(BORN, 111), number_of(BORN, 113)
NOTHING = Seen(9.0, ())


def _decide(folder: Path, verdict: str, seen: Seen | None, day: int = 0) -> None:
    refs = [("property", "owner", key) for key in ("a", "b")]
    IdentityLog(folder).decide([Decision(*refs, verdict, "王", "上门核实", seen)], DAY + timedelta(days=day))  # type: ignore[arg-type]


def test_a_second_number_brings_a_merge_back_and_the_merge_holds(tmp_path: Path) -> None:
    _decide(tmp_path, "same", NOTHING)
    before = run([record("a", "李建国", ONE), record("b", "李卫东")], tmp_path)
    assert before.review.is_empty()
    after = run([record("a", "李建国", ONE), record("b", "李卫东", OTHER)], tmp_path)
    assert groups(after) == {frozenset({"a", "b"})}
    pair = after.review.row(0, named=True)
    assert (pair["left_key"], pair["right_key"], pair["state"]) == ("a", "b", "open")
    assert pair["left_resident_id"] == pair["right_resident_id"]
    assert pair["reasons"] == "人工判定为同一人；此后出现：证件号均有效但不同"
    assert pair["veto_codes"] == "number"


def test_what_was_seen_is_no_news(tmp_path: Path) -> None:
    rows = [record("a", "李建国", ONE), record("b", "李卫东", OTHER)]
    _decide(tmp_path, "same", NOTHING)
    asked = run(rows, tmp_path).review.row(0, named=True)
    _decide(tmp_path, "same", Seen(asked["score"], tuple(asked["veto_codes"].split(";"))), day=1)
    assert run(rows, tmp_path).review.is_empty()


def test_a_verdict_of_which_nobody_knows_what_was_seen_stays(tmp_path: Path) -> None:
    _decide(tmp_path, "same", None)
    assert run([record("a", "李建国", ONE), record("b", "李卫东", OTHER)], tmp_path).review.is_empty()


def test_an_equal_number_brings_a_parting_back_and_the_parting_holds(tmp_path: Path) -> None:
    _decide(tmp_path, "different", NOTHING)
    after = run([record("a", "李建国", ONE), record("b", "李建国", ONE)], tmp_path)
    assert groups(after) == {frozenset("a"), frozenset("b")}
    pair = after.review.row(0, named=True)
    assert pair["reasons"] == "人工判定为不同的人；此后出现更强证据：证件号一致，姓名相符"
    assert (pair["rule_code"], pair["score"]) == ("id_number", 60.0)
    _decide(tmp_path, "different", Seen(pair["score"], tuple(pair["veto_codes"].split(";"))), day=1)
    assert run([record("a", "李建国", ONE), record("b", "李建国", ONE)], tmp_path).review.is_empty()


def test_a_little_more_of_the_same_is_no_news(tmp_path: Path) -> None:
    slip = ONE[:10] + ("0" if ONE[10] != "0" else "1") + ONE[11:]
    rows = [record("a", "李建国", ONE), record("b", "李建国", None, **failed(slip))]
    asked = run(rows, tmp_path)
    assert groups(asked) == {frozenset({"a", "b"})}
    weight = asked.resident_link["match_weight"].max()
    _decide(tmp_path, "different", Seen(float(weight), ()))  # type: ignore[arg-type]
    assert run(rows, tmp_path).review.is_empty()
