"""The words of `yidang explain`."""

from datetime import date
from pathlib import Path

from identity.explain.explain import explain
from tests.unit.identity.invented import failed, frame, ids, number_of, record, run

NUMBER = number_of(date(1941, 5, 6), 123)
ROWS = [
    record("a", "李建国", NUMBER, "police.SYRK", mobile="13900000001"),
    record("b", "李健国", NUMBER, mobile="13900000001"),
    record("c", "李建国", **failed("9" + NUMBER[1:])),
    record("d", "王芳"),
]


def test_every_record_of_a_person_is_told(tmp_path: Path) -> None:
    links = run(ROWS, tmp_path)
    stories = explain(ids(links)["a"], links.resident_link, frame(ROWS))
    assert [story.ref[2] for story in stories] == ["c", "a", "b"] or [story.ref[2] for story in stories] == ["a", "b", "c"]
    told = {story.ref[2]: story for story in stories}
    assert (
        told["b"].zh[1]
        == "依据 证件号一致，姓名相符（id_number@1，权重 60.0）：证件号一致；姓名同音或异体；出生日期一致；性别一致；手机号一致"
    )
    assert (
        told["b"].en[1].startswith("by same document number, compatible name (id_number@1, weight 60.0): same document number; ")
    )
    assert told["c"].linked_by == "id_slip@1"
    assert "证件号差一位" in told["c"].zh[1]


def test_masked_unless_asked(tmp_path: Path) -> None:
    links = run(ROWS, tmp_path)
    person = ids(links)["a"]
    masked = " ".join(line for story in explain(person, links.resident_link, frame(ROWS)) for line in (*story.zh, *story.en))
    plain = " ".join(line for story in explain(person, links.resident_link, frame(ROWS), unmask=True) for line in story.zh)
    assert NUMBER not in masked
    assert "李建国" not in masked
    assert "13900000001" not in masked
    assert NUMBER in plain


def test_one_record_alone_and_an_unknown_person(tmp_path: Path) -> None:
    links = run(ROWS, tmp_path)
    story = explain(ids(links)["d"], links.resident_link, frame(ROWS))[0]
    assert story.zh[1] == "仅此一条记录（single@1）"
    assert explain("R0", links.resident_link, frame(ROWS)) == []
