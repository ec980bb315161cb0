"""All that can be taken away: role × area × item × form. Nobody gets another's rows or a plain value; all is written down."""

import io
import zipfile
from pathlib import Path

import pytest

from dashboards.access.audit import AuditLog
from dashboards.access.policy import AccessDeniedError, load_policy
from dashboards.command.yidang import CommandError
from dashboards.repositories.published import current_version
from dashboards.repositories.reader import Reader
from dashboards.repositories.returned import read_packages
from dashboards.services import report, returned
from dashboards.services.place import load_places
from dashboards.services.report import MONTHLY, PDF, WORKLIST, XLSX, Asked
from tests.published_records import KEY, known_plain
from tests.published_returns import write_configuration
from tests.published_street import COMMITTEES, ROLES, STREET, write_accounts, write_version
from tests.unit.dashboards.conftest import person

pytestmark = pytest.mark.slow  # every file is made by a program of its own

OWN, OTHER, FOREIGN = "319999001001", "319999001002", "319999002001"
EVERYTHING = {"resident_roster", "dwelling_roster", "device_roster", "open_task", "check_rate", "correction_slip", "care_tag"}
EVERYTHING |= {"alarm_ledger", "evacuation_ledger", "burden", MONTHLY, WORKLIST}
# Written down a second time: what each role may take away.
EXPECTED = {
    "leader": {MONTHLY, "check_rate", "burden"},
    "officer": EVERYTHING - {"care_tag", "evacuation_ledger"},
    "worker": {MONTHLY, "resident_roster", "dwelling_roster", "device_roster", "check_rate", "alarm_ledger", WORKLIST},
    "civil": {MONTHLY, "care_tag", "evacuation_ledger", WORKLIST},
    "steward": {MONTHLY, "check_rate"},
    "auditor": {MONTHLY},
    "analyst": {MONTHLY},
    "district": {MONTHLY},
    "stranger": set(),
    "misplaced": set(),
}
MADE = [(user, item) for user, items in EXPECTED.items() for item in sorted(items)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("exports")
    write_accounts(home)
    write_version(home)
    return home


@pytest.fixture(autouse=True)
def configured(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDANG_CONFIG", str(write_configuration(home, KEY)))
    monkeypatch.setenv("YIDANG_KEY", KEY)


def reader_of(home: Path, user: str) -> Reader:
    """A district's analyst sits in the street already."""
    reader = Reader(current_version(home), person(user), load_policy())
    return reader.within("street", STREET) if user == "district" else reader


def make(home: Path, user: str, asked: Asked) -> report.Made:
    reader = reader_of(home, user)
    return report.make_report(reader, home, load_places(reader, "report"), asked)


def words_of(data: bytes) -> str:
    """All that stands in a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml"))


def test_every_role_is_in_the_matrix() -> None:
    assert set(EXPECTED) == set(ROLES)


@pytest.mark.parametrize("user", EXPECTED)
def test_a_role_is_offered_what_is_written_here(home: Path, user: str) -> None:
    assert set(report.reports_of(reader_of(home, user))) == EXPECTED[user]


@pytest.mark.parametrize(("user", "item"), MADE)
def test_what_is_taken_away_holds_own_rows_masked_and_is_written_down(home: Path, user: str, item: str) -> None:
    reader, log = reader_of(home, user), AuditLog(home)
    before = len(log.entries())
    made = make(home, user, Asked(item, reader.person.area_code, "2026-11", XLSX))
    text = words_of(made.data)
    assert not [value for value in known_plain() if value in text]
    assert not [token for token in ("t" * 64,) if token in text]
    foreign = {FOREIGN, OTHER} if reader.person.area_level == "committee" else {FOREIGN}
    assert not [code for code in foreign if code in text or COMMITTEES[code] in text]
    (entry,) = log.entries()[before:]
    assert (entry["user"], entry["outcome"]) == (user, "allowed")
    assert entry["action"] == ("worklist" if item == WORKLIST else "report")
    assert item == WORKLIST or user in text  # the watermark: the fixture's display name is the user's


@pytest.mark.parametrize("user", [user for user, items in EXPECTED.items() if items])
def test_the_monthly_report_comes_as_pdf_too(home: Path, user: str) -> None:
    made = make(home, user, Asked(MONTHLY, reader_of(home, user).person.area_code, "2026-11", PDF))
    assert made.data.startswith(b"%PDF")
    assert made.name.endswith(".pdf")


@pytest.mark.parametrize("user", [user for user in EXPECTED if load_policy().role_of(person(user))])
def test_all_else_is_refused_and_the_refusal_is_written_down(home: Path, user: str) -> None:
    own, log = reader_of(home, user).person.area_code, AuditLog(home)
    foreign = [FOREIGN, "319999002", "*", ""] + ([OTHER, STREET] if user == "worker" else [])
    cells = [Asked(item, own, "2026-11", XLSX) for item in sorted((EVERYTHING | {"no_such"}) - EXPECTED[user])]
    cells += [Asked(MONTHLY, area, "2026-11", XLSX) for area in foreign] + [Asked(MONTHLY, own, "2026-11", "csv")]
    cells += [Asked(WORKLIST, own, "", PDF)]
    before = len(log.entries())
    for asked in cells:
        with pytest.raises(AccessDeniedError):
            make(home, user, asked)
    written = log.entries()[before:]
    assert len(written) == len(cells)
    assert {(entry["action"], entry["user"], entry["outcome"]) for entry in written} == {("export", user, "refused")}


def test_a_month_of_which_nothing_is_known_is_told_in_chinese(home: Path) -> None:
    with pytest.raises(CommandError, match=r"没有 .* 2020-01 的指标"):
        make(home, "officer", Asked(MONTHLY, STREET, "2020-01", XLSX))


def test_a_package_is_seen_in_its_area_and_opened_by_its_receiver_alone(home: Path) -> None:
    for role, area in (("committee", OWN), ("committee", OTHER), ("civil_affairs", STREET), ("data_officer", STREET)):
        returned.ask("package", "make", *returned.configured(), "--area", area, "--receiver", role)
    packages = {(p.receiver, p.area_code): p for p in read_packages(reader_of(home, "officer"), home)}
    assert set(packages) == {
        ("committee", OWN),
        ("committee", OTHER),
        ("civil_affairs", STREET),
        ("data_officer", STREET),
    }
    assert {p.area_code for p in read_packages(reader_of(home, "worker"), home)} == {OWN}
    for user in ("analyst", "district"):
        with pytest.raises(AccessDeniedError):
            read_packages(reader_of(home, user), home)
    mine = {"officer": ("data_officer", STREET), "worker": ("committee", OWN), "civil": ("civil_affairs", STREET)}
    for user in ("leader", "officer", "worker", "civil", "steward", "auditor"):
        for place, package in packages.items():
            if mine.get(user) != place:
                with pytest.raises(AccessDeniedError):
                    returned.open_package(reader_of(home, user), package)
                with pytest.raises(AccessDeniedError):
                    returned.answer_package(reader_of(home, user), package, "accepted", "")
    data = returned.open_package(reader_of(home, "worker"), packages["committee", OWN])
    assert zipfile.is_zipfile(io.BytesIO(data))
    returned.answer_package(reader_of(home, "worker"), packages["committee", OWN], "rejected", "缺二号楼")
    (told,) = read_packages(reader_of(home, "worker"), home)
    assert [event["event"] for event in told.events] == ["sent", "opened", "rejected"]
    assert told.events[-1]["why"] == "缺二号楼"


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "空"), (b"PK\x03\x04broken", "损坏"), (b"<html></html>", "网页"), (b"name,phone\n=1+1,2", "不是 Excel")],
)
def test_a_hostile_upload_is_refused_in_chinese_and_kept_nowhere(home: Path, data: bytes, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        returned.hand_in(reader_of(home, "worker"), data)
    assert not list((home / "spool").rglob("*.xlsx"))


def test_a_worklist_of_another_committee_is_refused_whole(home: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - only here

    made = make(home, "officer", Asked(WORKLIST, OTHER, "", XLSX))
    book = load_workbook(io.BytesIO(made.data))
    sheet = book["核查结果"]
    place = {str(cell.value): cell.column for cell in sheet[4] if cell.value}
    for name, value in {"verdict": "确认", "checked_by": "网格员", "checked_at": "2026-11-20 15:30"}.items():
        sheet.cell(5, place[name]).value = value
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(CommandError, match="任务编号不在您的任务之列"):
        returned.hand_in(reader_of(home, "worker"), written.getvalue())
    assert "已收下 1 行" in returned.hand_in(reader_of(home, "officer"), written.getvalue())
    with pytest.raises(AccessDeniedError):
        returned.hand_in(reader_of(home, "leader"), written.getvalue())
    assert len(list((home / "spool" / "feedback").iterdir())) == 1
