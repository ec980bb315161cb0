"""Who was erased is known again by record, number and name, and nobody else is taken for that person."""

from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from ingestion.erasure.door import known_again
from ingestion.erasure.person import Person
from ingestion.erasure.tombstone import FILE, bury, read_tombstones

SECRET = b"a key that only the tests know"
NUMBER, OTHER, PHONE = "319999195003011234", "319999196004021235", "13800000001"
REFS = frozenset(
    {
        ("police", "SYRK", "r1"),
        ("civil", "assistance-cases", "c1#0"),
        ("device", "register", "d1"),
    }
)
GONE = Person(REFS, frozenset({"task-1"}), frozenset({NUMBER}), frozenset({"王芳"}), frozenset({NUMBER}), frozenset({"王芳"}))


def found(tmp_path: Path, source: str, entity: str, *rows: tuple[str | None, ...]) -> Person | None:
    """What of these rows (key, name, number, mobile) is known again."""
    home, folder = tmp_path / "home", tmp_path / "batch"
    folder.mkdir(exist_ok=True)
    schema = {"source_key": pl.String, "name": pl.String, "id_number": pl.String, "mobile": pl.String}
    pl.DataFrame(list(rows), schema=schema, orient="row").write_parquet(folder / "data.parquet")
    bury(home, GONE, SECRET)
    manifest = SimpleNamespace(source=source, entity=entity)
    return known_again(folder, manifest, read_tombstones(home), SECRET)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "is_gone"),
    [
        (("r1", "王芳", NUMBER, PHONE), True),
        (("r1", "王方", None, None), True),  # the key alone: a name is mended now and then
        (("r1", "李四", OTHER, None), False),  # the key is somebody else's by now
        (("r9", "王芳", NUMBER, None), True),  # a new key
        (("r9", "王芳", None, None), False),  # a namesake
        (("r9", "王芳", OTHER, None), False),
    ],
)
def test_a_record_is_known_by_its_key_or_by_name_and_number(tmp_path: Path, row: tuple[str | None, ...], is_gone: bool) -> None:
    person = found(tmp_path, "police", "SYRK", row, ("r5", "赵六", None, "13800000002"))
    assert (person.refs if person else frozenset()) == ({("police", "SYRK", str(row[0]))} if is_gone else set())


def test_a_number_in_the_record_of_another_is_starred_and_the_record_stays(tmp_path: Path) -> None:
    person = found(tmp_path, "civil", "children-in-need", ("k1", "王小明", NUMBER, None))
    assert person is not None
    assert (person.refs, person.own) == (frozenset(), {NUMBER})


def test_a_place_in_a_case_and_a_device_pass_to_others(tmp_path: Path) -> None:
    assert found(tmp_path, "civil", "assistance-cases", ("c1#0", "李四", None, None)) is None
    assert found(tmp_path, "device", "register", ("d1", "李四", None, PHONE)) is None
    mine = found(tmp_path, "device", "register", ("d1", "王芳", None, PHONE), ("d2", "赵六", None, PHONE))
    assert mine is not None
    assert (mine.refs, mine.shared) == ({("device", "register", "d1")}, {PHONE})  # the phone is another's as well


def test_nothing_can_be_read_from_a_tombstone(tmp_path: Path) -> None:
    bury(tmp_path, GONE, SECRET)
    bury(tmp_path, GONE, SECRET)
    assert len(read_tombstones(tmp_path)) == 1
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert not [value for value in (NUMBER, "王芳", "r1", "c1#0", "task-1", PHONE) if value in text]
    assert read_tombstones(tmp_path / "nowhere") == []
