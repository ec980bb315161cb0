"""Plain values: opened only with the key, for whom it is granted, after the log has the line; searches find and leak nothing."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.access.audit import AuditLog
from dashboards.access.policy import AccessDeniedError
from dashboards.repositories import plain
from dashboards.repositories.plain import CAP, find_people, reveal
from dashboards.services.search import address_pattern
from dashboards.vault.key import NoKeyError
from dashboards.vault.people_index import PeopleIndex, kind_of, tidy
from dashboards.vault.sealed_row import VaultKey
from identity.vault.seal import seal_frame
from tests.published_records import KEY
from tests.unit.dashboards.conftest import ReaderOf

PEOPLE = {
    "R1": {"name": "张玉珠", "id_number": "319999196001010005", "mobile": "19900000005", "phones": "02155550001,19900000005"},
    "R2": {"name": "章玉珠", "id_number": "31999919600101001X", "mobile": None, "phones": None},
    "R3": {"name": "张玉林", "id_number": None, "mobile": "19900000007", "phones": "19900000007"},
    "R4": {"name": "单雄", "id_number": None, "mobile": None, "phones": None},
}


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("YIDANG_KEY", KEY)
    return tmp_path


@settings(max_examples=20)
@given(st.text(max_size=30), st.text(max_size=20))
def test_what_identity_seals_the_desk_opens(name: str, number: str) -> None:
    row = seal_frame(pl.DataFrame({"resident_id": ["R1"], "name": [name], "id_number": [number]}), b"some key").row(0)
    assert VaultKey(b"some key").open(*row) == {"name": name, "id_number": number}


def test_another_key_and_changed_bytes_open_nothing() -> None:
    resident, key_id, nonce, sealed = seal_frame(pl.DataFrame({"resident_id": ["R1"], "name": ["张三"]}), b"k").row(0)
    with pytest.raises(NoKeyError):
        VaultKey(b"other").open(resident, key_id, nonce, sealed)
    for changed in ((resident, bytes([sealed[0] ^ 1]) + sealed[1:]), ("R2", sealed)):
        with pytest.raises(NoKeyError):
            VaultKey(b"k").open(changed[0], key_id, nonce, changed[1])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("张玉珠", ["R1", "R2", "R3"]),  # whole, of the same sound, one sign different
        ("玉珠", ["R1", "R2"]),
        ("zhangyuzhu", ["R1", "R2"]),
        ("ZYZ", ["R1", "R2"]),
        ("shanxiong", ["R4"]),  # 单 is read as a surname
        ("31999919600101001x", ["R2"]),
        ("３１９９９９１９６００１０１０００５", ["R1"]),
        ("199 0000 0007", ["R3"]),
        ("0005", ["R1"]),
        ("021-55550001", ["R1"]),
        ("王", []),
        ("", []),
    ],
)
def test_people_are_found_by_name_sound_number_and_phone(asked: str, expected: list[str]) -> None:
    assert [found.resident_id for found in PeopleIndex(PEOPLE.items()).find(tidy(asked))] == expected


@settings(max_examples=50)
@given(st.text(max_size=30))
def test_no_text_breaks_a_search(text: str) -> None:
    assert {found.resident_id for found in PeopleIndex(PEOPLE.items()).find(tidy(text))} <= PEOPLE.keys()
    kind_of(tidy(text))
    pl.Series(["x"]).str.contains(address_pattern(text))


def test_a_search_is_filtered_masked_capped_and_written_down_without_its_text(reader_of: ReaderOf, keyed: Path) -> None:
    whole, own = (find_people(reader_of(user), keyed, "张玉珠") for user in ("officer", "worker"))
    assert own.height > 0
    assert whole["committee_code"].n_unique() > 1
    assert set(own["committee_code"]) == {"319999001001"}
    assert not {"name", "id_number", "mobile", "id_token"} & set(whole.columns)
    assert find_people(reader_of("officer"), keyed, "1990").height <= CAP + 1
    log = AuditLog(keyed).path.read_text(encoding="utf-8")
    assert log.count('"search"') == 3
    assert "玉珠" not in log
    assert "1990" not in log.replace("mark=", "")  # neither the text nor a part of it


@pytest.mark.parametrize("user", ["leader", "auditor", "analyst", "stranger", "misplaced"])
def test_who_may_not_search_or_unmask_gets_nothing(reader_of: ReaderOf, keyed: Path, user: str) -> None:
    with pytest.raises(AccessDeniedError):
        find_people(reader_of(user), keyed, "张玉珠")
    with pytest.raises(AccessDeniedError):
        reveal(reader_of(user), keyed, "R0", "核对电话")


def test_plain_values_are_shown_only_of_ones_own_area_and_after_the_line(
    reader_of: ReaderOf, keyed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = reader_of("worker")
    mine = find_people(worker, keyed, "张玉珠")["resident_id"][0]
    other = next(
        who
        for who in find_people(reader_of("officer"), keyed, "张玉珠").rows(named=True)
        if who["committee_code"] != "319999001001"
    )["resident_id"]
    assert reveal(worker, keyed, mine, "核对电话")["name"] == "张玉珠"
    with pytest.raises(AccessDeniedError):
        reveal(worker, keyed, other, "核对电话")
    outcomes = [(entry["outcome"], entry["detail"]) for entry in AuditLog(keyed).entries() if entry["action"] == "unmask"]
    assert outcomes == [("shown", f"{mine}: 核对电话"), ("refused", other)]

    def full_disk(*_: object, **__: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(AuditLog, "append", full_disk)
    monkeypatch.setattr(VaultKey, "open", lambda *_: pytest.fail("opened before the line was written"))
    with pytest.raises(OSError, match="no space"):
        reveal(worker, keyed, mine, "核对电话")


def test_without_the_key_nothing_is_searched_or_shown(
    reader_of: ReaderOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("", "another key"):
        monkeypatch.setenv("YIDANG_KEY", key)
        for ask in (find_people, lambda *asked: reveal(*asked, "核对电话")):
            with pytest.raises(NoKeyError):
                ask(reader_of("officer"), tmp_path, "R0")


def test_only_one_module_names_the_vault() -> None:
    root = Path(plain.__file__).parents[1]
    naming = {path.name for path in root.rglob("*.py") if "main.resident_vault" in path.read_text(encoding="utf-8")}
    assert naming == {"plain.py"}
