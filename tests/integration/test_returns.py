"""A worklist goes out, comes back filled in, and the next version knows: value, provenance, closed task, slip, answer."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.services.text import measured
from tests.street_city import City

pytestmark = pytest.mark.slow
SHEET, NAMES, FIRST = "核查结果", 4, 5
WHEN = "2026-11-20 15:30"
FOREIGN = "task-00000000000000000000-00000000"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    made = City(tmp_path_factory.mktemp("worklist"), houses=150, seed=34)
    made.run()
    yield made
    made.close()


def _worklist(city: City, committee: str, role: str = "data_officer") -> Workbook:
    out = city.folder / f"核查_{committee}_{role}.xlsx"
    done = city.yidang("worklist", "--committee", committee, "--receiver", role, "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return load_workbook(out)


def _places(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[NAMES] if cell.value}


def _fill(sheet: Worksheet, row: int, **values: Any) -> None:
    """As somebody in Excel would: only open cells."""
    for name, value in ({"checked_by": "网格员", "checked_at": WHEN} | values).items():
        cell = sheet.cell(row, _places(sheet)[name])
        assert not cell.protection.locked, (row, name)
        cell.value = value


def _rows(sheet: Worksheet) -> dict[str, int]:
    """Task to row."""
    place = _places(sheet)["task_id"]
    return {str(cell.value): row for row in range(FIRST, sheet.max_row + 1) if (cell := sheet.cell(row, place)).value}


def _order(city: City, dwelling_id: str) -> None:
    """The level above asks for a check of a dwelling, in its own code, and for one under a code that nobody knows."""
    address = city.table("dwelling").filter(dwelling_id=dwelling_id)["address"][0]
    street = city.table("committee")["street_code"][0]
    lines = [
        {"order_id": "JB-2026-0001", "code": "QX-RW-01", "area_code": street, "address": address, "due_date": "2026-12-05"},
        {"order_id": "JB-2026-0002", "code": "QX-RW-99", "area_code": street},
    ]
    file = city.folder / "down.ndjson"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    done = city.yidang_group("exchange", "receive", str(file))
    assert (done.returncode, "QX-RW-99 不在对照表" in done.stderr) == (3, True), done.stdout + done.stderr
    again = city.yidang_group("exchange", "receive", str(file))
    assert "接收 0 条" in again.stdout


@pytest.fixture(scope="module")
def sent(city: City) -> dict[str, Any]:
    """One committee's worklist, filled in with every kind of answer and of mistake, delivered and run; gives what was said."""
    open_tasks = city.table("task").filter(state="open").join(city.table("dwelling"), "dwelling_id", "left")
    counted = open_tasks.group_by("committee_code").agg(pl.len(), pl.col("house_use").drop_nulls().len().alias("houses"))
    committee = str(counted.drop_nulls("committee_code").filter(pl.col("houses") > 0).sort("len")["committee_code"][-1])
    other = open_tasks.filter(pl.col("committee_code") != committee)
    book = _worklist(city, committee)
    sheet = book[SHEET]
    rows = _rows(sheet)
    mine = open_tasks.filter(pl.col("committee_code") == committee, pl.col("task_id").is_in(list(rows)))
    people = mine.drop_nulls("resident_id").join(
        city.table("resident").select("resident_id", "sex_code", "status"), "resident_id"
    )
    person = people.unique("resident_id", keep="none").filter(status="active").sort("task_id").row(0, named=True)
    dead = people.unique("resident_id", keep="none").filter(status="active").sort("task_id").row(1, named=True)
    house = mine.filter(house_use="residential").sort("task_id").row(0, named=True)
    rest = sorted(set(rows) - {person["task_id"], dead["task_id"], house["task_id"]})
    new_sex = {"1": "女", "2": "男"}.get(person["sex_code"], "女")
    _fill(sheet, rows[person["task_id"]], verdict="更正", field="性别", value=new_sex)
    _fill(sheet, rows[dead["task_id"]], verdict="更正", field="人员状态", value="已故")
    _fill(sheet, rows[house["task_id"]], verdict="更正", field="房屋用途", value="商铺")
    _fill(sheet, rows[rest[0]], verdict="确认")
    _fill(sheet, rows[rest[1]], verdict="差不多")
    _fill(sheet, rows[rest[2]], verdict="更正", field="手机号", value="12345")
    spare = max(rows.values()) + 1
    _fill(sheet, spare, task_id=person["task_id"], verdict="更正", field="手机号", value="13800000000")
    _fill(sheet, spare + 1, task_id=FOREIGN, verdict="确认")
    _fill(sheet, spare + 2, task_id=rest[0], verdict="确认")
    book.save(city.sources / "feedback" / "核查反馈.xlsx")
    _order(city, house["dwelling_id"])
    before = {name: city.table(name) for name in ("resident", "task")}
    printed = city.run(day=2)
    return {
        "person": person, "dead": dead, "house": house, "sex": {"女": "2", "男": "1"}[new_sex], "rest": rest, "spare": spare,
        "rows": rows, "committee": committee, "other": other, "before": before, "printed": printed,
    }  # fmt: skip


def test_a_committee_gets_its_tasks_and_no_others(city: City, sent: dict[str, Any]) -> None:
    tasks = sent["before"]["task"].filter(state="open", committee_code=sent["committee"])
    assert set(sent["rows"]) == set(tasks["task_id"])
    assert sent["other"].height > 0
    sheet = load_workbook(city.folder / f"核查_{sent['committee']}_data_officer.xlsx")[SHEET]
    assert sheet.protection.sheet
    assert {v.formula1 for v in sheet.data_validations.dataValidation} >= {'"确认,更正,无法核实"', "人员字段", "房屋字段"}


def test_no_list_of_another_department_is_shown_to_a_committee(city: City, sent: dict[str, Any]) -> None:
    """A committee sees neither who is on the lists of civil affairs nor the evidence that names them."""
    sheet = _worklist(city, sent["committee"], "committee")[SHEET]
    text = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    owners = set(sent["before"]["task"].filter(pl.col("task_id").is_in(list(_rows(sheet))))["owner"])
    assert "街道民政" not in owners
    assert not [value for value in text if "低保" in value or "残疾人证" in value]


def test_the_record_is_corrected_with_its_provenance(city: City, sent: dict[str, Any]) -> None:
    who = sent["person"]["resident_id"]
    resident = city.table("resident").filter(resident_id=who).row(0, named=True)
    assert resident["sex_code"] == sent["sex"]
    told = city.table("resident_provenance").filter(resident_id=who, attribute="sex_code").row(0, named=True)
    assert (told["source_system"], told["source_entity"]) == ("feedback", "verdict")
    verdict = city.table("verdict").filter(verdict_key=told["source_key"]).row(0, named=True)
    assert (verdict["task_id"], verdict["outcome_code"]) == (sent["person"]["task_id"], "applied")
    mobile = city.table("resident_provenance").filter(resident_id=who, attribute="mobile").row(0, named=True)
    assert mobile["source_system"] == "feedback"
    assert city.table("resident").filter(resident_id=sent["dead"]["resident_id"])["status"].to_list() == ["deceased"]
    assert city.table("dwelling").filter(dwelling_id=sent["house"]["dwelling_id"])["house_use"].to_list() == ["shop"]


def test_the_task_is_closed_and_the_rates_say_so(city: City, sent: dict[str, Any]) -> None:
    task = city.table("task")
    answered = [sent[name]["task_id"] for name in ("person", "dead", "house")]
    assert set(task.filter(pl.col("task_id").is_in(answered))["state"]) <= {"done", "settled"}
    assert task.filter(pl.col("task_id").is_in(answered))["verdict"].to_list() == ["corrected"] * 3
    assert task.filter(task_id=sent["rest"][0])["verdict"].to_list() == ["confirmed"]
    assert task.filter(pl.col("task_id").is_in(sent["rest"][1:3]))["verdict"].to_list() == [None, None]
    rate = city.table("check_rate").filter(committee_code=sent["committee"])
    assert (rate["corrected_count"].sum(), rate["confirmed_count"].sum(), rate["returned_count"].sum()) == (3, 1, 4)


def test_the_department_gets_a_slip_without_a_plain_value(city: City, sent: dict[str, Any]) -> None:
    slips = city.table("correction")
    house = slips.filter(dwelling_id=sent["house"]["dwelling_id"]).row(0, named=True)
    assert (house["source_entity"], house["stated_masked"], house["corrected_masked"]) == ("house", "住宅", "商铺")
    dead = slips.filter(resident_id=sent["dead"]["resident_id"])
    assert set(dead["corrected_masked"]) == {"已故"}
    sexes = slips.filter(resident_id=sent["person"]["resident_id"], field_code="sex_code")
    records = city.table("resident_source").filter(resident_id=sent["person"]["resident_id"])
    assert set(sexes["source_key"]) <= set(records["source_key"])
    assert not [v for v in slips["corrected_masked"].to_list() if v == "13800000000"]


def test_the_weekly_slip_of_the_department_tells_it(city: City, sent: dict[str, Any]) -> None:
    done = city.yidang("slip", "--department", "property", "--to", str(city.folder / "slips"))
    assert done.returncode == 0, done.stderr
    sheet = load_workbook(next((city.folder / "slips").rglob("property.xlsx")))["现场核查更正"]
    told = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert ["property.house", "房屋用途", "住宅", "商铺"] in [[row[1], row[3], row[4], row[5]] for row in told]
    mine = city.table("correction").filter(source_system="property")
    assert {row[2] for row in told} == set(mine["source_key"])


def test_the_sender_is_told_of_every_row(city: City, sent: dict[str, Any]) -> None:
    done = city.yidang("receipt", "--out", str(city.folder / "answers"))
    assert done.returncode == 0, done.stderr
    sheet = load_workbook(city.folder / "answers" / "核查反馈-处理回告.xlsx")["处理回告"]
    told = {int(row[0].value): (row[2].value, row[3].value) for row in sheet.iter_rows(min_row=4) if row[0].value}
    refused = {line for line, (outcome, _) in told.items() if outcome == "退回"}
    bad = {sent["rows"][sent["rest"][1]], sent["rows"][sent["rest"][2]], sent["spare"] + 1}
    assert refused == bad
    assert told[sent["spare"] + 2][0] == "采用"  # said twice in one file: counted once, where it stands last
    assert len(told) == 8
    assert "不是本街道" in told[sent["spare"] + 1][1]


def test_the_answer_lies_ready_after_the_run(city: City, sent: dict[str, Any]) -> None:
    """Nobody has to ask for it; a workbook that is refused whole has its answer too."""
    folder = city.home / "returns" / "receipt"
    assert [path.name for path in folder.iterdir()] == ["核查反馈-处理回告.xlsx"]
    broken = city.sources / "feedback" / "坏表.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    city.run(day=2, expected=3)
    sheet = load_workbook(folder / "坏表-处理回告.xlsx")["处理回告"]
    assert sheet["B4"].value == "整份退回"
    assert "重新" in str(sheet["C4"].value)
    broken.unlink()


def test_the_same_workbook_again_changes_nothing(city: City, sent: dict[str, Any]) -> None:
    """Neither the same bytes under another name, nor the same rows saved anew."""
    feedback = city.sources / "feedback"
    (feedback / "核查反馈（再报）.xlsx").write_bytes((feedback / "核查反馈.xlsx").read_bytes())
    version = city.version()
    assert "Nothing has changed" in city.run(day=2)
    assert city.version() == version
    before = {
        name: city.table(name) for name in ("resident", "dwelling", "resident_provenance", "task", "correction", "check_rate")
    }
    load_workbook(feedback / "核查反馈.xlsx").save(feedback / "核查反馈_另存.xlsx")
    city.run(day=2)
    for name, table in before.items():
        assert city.table(name).equals(table), name
    again = city.table("verdict").filter(file="核查反馈_另存.xlsx")
    assert set(again["outcome"]) == {"repeated", "refused"}


def test_a_package_is_sealed_scored_opened_and_answered(city: City, sent: dict[str, Any]) -> None:
    """On the shelf nothing can be read; opened, it holds what the manifest says and the receiver may have, and no more."""
    made = city.yidang_group("package", "make", "--area", sent["committee"])
    assert made.returncode == 0, made.stderr
    package = made.stdout.strip()
    sealed = (city.home / "returns" / f"{package}.sealed").read_bytes()
    assert b"PK\x03\x04" not in sealed
    assert b"PAR1" not in sealed
    out = city.folder / "opened"
    assert city.yidang_group("package", "open", package, "--out", str(out)).returncode == 0
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in manifest["files"]} == {
        name: told["sha256"] for name, told in manifest["files"].items()
    }
    assert set(manifest["items"]) == {"resident_roster", "dwelling_roster", "device_roster", "alarm_ledger", "check_rate"}
    assert (out / "指标月报.pdf").read_bytes().startswith(b"%PDF-")
    roster = pl.read_parquet(out / "resident_roster.parquet")
    expected = city.table("resident").filter(committee_code=sent["committee"])
    assert roster.sort("resident_id").equals(expected.select(roster.columns).sort("resident_id"))
    sheet = load_workbook(out / "数据返还.xlsx", read_only=True)["实有人口台账（脱敏）"]
    *_, end = rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert (len(rows) - 1, str(end[0]).startswith("制表：")) == (roster.height, True)
    scores = manifest["items"]["resident_roster"]
    filled = roster.select(pl.col("sex_code", "birth_year", "dwelling_id", "resident_category").is_not_null().mean()).row(0)
    assert scores["completeness"] == pytest.approx(100 * sum(filled) / 4, abs=0.01)
    assert manifest["items"]["check_rate"]["timeliness"] in {0.0, 100.0}
    assert city.yidang_group("package", "answer", package, "rejected").returncode == 2
    assert city.yidang_group("package", "answer", package, "rejected", "--why", "缺少二号楼").returncode == 0
    listed = city.yidang_group("package", "list").stdout
    assert f"{package}  rejected" in listed
    log = (city.home / "returns" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in log]
    assert [line["event"] for line in told if line["package_id"] == package] == ["sent", "opened", "rejected"]
    changed = bytearray(sealed)
    changed[len(changed) // 2] ^= 1
    (city.home / "returns" / f"{package}.sealed").write_bytes(changed)
    broken = city.yidang_group("package", "open", package, "--out", str(out))
    assert (broken.returncode, "Traceback" in broken.stderr) == (1, False)


def test_reports_and_ledgers_tell_the_published_figures(city: City, sent: dict[str, Any]) -> None:
    """The monthly report and every ledger that a receiver may have, as workbook and as PDF."""
    street = sent["committee"][:9]
    out = city.folder / "月报.xlsx"
    assert city.yidang("report", "--area", street, "--receiver", "data_officer", "--out", str(out)).returncode == 0
    sheet = load_workbook(out)["指标月报"]
    told = {row[2].value: row[4].value for row in sheet.iter_rows(min_row=4) if row[2].value}
    own = city.table("indicator").filter(area_level="street", area_code=street)
    newest = own.filter(pl.col("period") == pl.col("period").max()).join(city.table("indicator_definition"), "indicator_code")
    expected = {
        row["name_zh"]: measured(row["value"], row["unit"], is_withheld=row["is_suppressed"])
        for row in newest.iter_rows(named=True)
    }
    assert told == expected
    assert len(told) > 25
    ledgers = {
        "committee": ["resident_roster", "dwelling_roster", "device_roster"],
        "data_officer": ["open_task", "alarm_ledger", "correction_slip"],
        "civil_affairs": ["care_tag", "evacuation_ledger"],
    }
    for role, items in ledgers.items():
        area = sent["committee"] if role == "committee" else street
        for item in items:
            for suffix in ("xlsx", "pdf"):
                path = city.folder / f"{item}.{suffix}"
                done = city.yidang("report", "--area", area, "--receiver", role, "--item", item, "--out", str(path))
                assert done.returncode == 0, done.stderr
                assert path.stat().st_size > 1000
    refused = city.yidang("report", "--area", street, "--receiver", "data_officer", "--item", "care_tag", "--out", str(out))
    assert (refused.returncode, "没有名为 care_tag 的台账" in refused.stderr) == (1, True)


def test_everybody_gets_a_package_by_the_schedule(city: City, sent: dict[str, Any]) -> None:
    done = city.yidang_group("package", "make")
    assert done.returncode == 0, done.stderr
    committees = city.table("committee")["committee_code"].to_list()
    receivers = [package.split("_")[1:] for package in done.stdout.split()]
    roles = {"_".join(parts[:-2]) for parts in receivers}
    assert roles == {"committee", "civil_affairs", "data_officer"}
    assert len(receivers) == len(committees) + 2


def test_who_asks_for_what_does_not_exist_is_told_in_a_line(city: City) -> None:
    out = str(Path(city.folder) / "x.xlsx")
    for words, said in (
        (("--committee", "999999999999"), "没有代码为 999999999999 的居委会"),
        (("--committee", "999999999", "--receiver", "committee"), "不能接收全街道"),
        (("--committee", "999999999999", "--receiver", "king"), "没有名为 king 的接收方"),
    ):
        done = city.yidang("worklist", *words, "--out", out)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_an_order_from_above_is_a_task_and_its_answer_goes_back(city: City, sent: dict[str, Any]) -> None:
    """Placed by its address, with its own due date; filled in on the worklist, told upwards, and reconciled."""
    (task,) = city.table("task").filter(kind="ordered_dwelling_check").to_dicts()
    assert (task["dwelling_id"], task["committee_code"]) == (sent["house"]["dwelling_id"], sent["committee"])
    assert (str(task["due_date"]), task["evidence"], task["state"]) == ("2026-12-05", "上级交办 JB-2026-0001", "open")
    book = _worklist(city, sent["committee"], "committee")
    sheet = book[SHEET]
    row = _rows(sheet)[task["task_id"]]
    assert "JB-2026-0001" in str(next(cell.value for cell in sheet[row] if "交办单" in str(cell.value)))
    _fill(sheet, row, verdict="确认")
    book.save(city.sources / "feedback" / "交办反馈.xlsx")
    city.run(day=2)
    assert city.table("task").filter(task_id=task["task_id"])["state"].to_list() == ["done"]
    up = city.folder / "up.ndjson"
    street = sent["committee"][:9]
    assert city.yidang_group("exchange", "send", "--street", street, "--out", str(up)).returncode == 0
    told = [json.loads(line) for line in up.read_text(encoding="utf-8").splitlines()]
    (answer,) = [line for line in told if line["kind"] == "order"]
    assert (answer["code"], answer["order_id"], answer["state"], answer["verdict"]) == (
        "QX-RW-01",
        "JB-2026-0001",
        "done",
        "confirmed",
    )
    receipt = city.folder / "receipt.ndjson"
    receipt.write_text(json.dumps({"exchange_id": answer["exchange_id"], "result": "accepted"}), encoding="utf-8")
    assert city.yidang_group("exchange", "receive", str(receipt)).returncode == 0
    told_by = city.yidang_group("exchange", "reconcile").stdout
    assert "order QX-RW-01：报送 1，接收 1，退回 0，待答复 0" in told_by
    version = city.version()
    assert city.yidang_group("exchange", "receive", str(city.folder / "down.ndjson")).returncode == 3
    assert "Nothing has changed" in city.run(day=2)
    assert city.version() == version


def test_who_holds_a_closed_task_finds_it_recalled_in_the_receipt_log(city: City, sent: dict[str, Any]) -> None:
    log = [json.loads(line) for line in (city.home / "returns" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    lists = {line["package_id"]: line["rows"] for line in log if line["event"] == "handed_out"}
    recalled = [line for line in log if line["event"] == "recalled"]
    assert len(lists) >= 2
    settled = city.table("task").filter(state="settled")["task_id"].to_list()
    gone = set(sent["rows"]) - set(city.table("task")["task_id"]) | (set(sent["rows"]) & set(settled))
    rows = {row for line in recalled for row in line["rows"]}
    assert {sent["rows"][task] for task in gone} <= rows
    assert all(line["why"] == "closed" for line in recalled)


def test_what_is_past_its_time_goes_from_every_layer(city: City, sent: dict[str, Any]) -> None:
    """Last here: it takes away what the tests before it rest on."""
    late = city.folder / "late.toml"
    text = (city.folder / "yidang.toml").read_text(encoding="utf-8").replace("[warehouse]", '[warehouse]\nas_of = "2030-01-05"')
    late.write_text(text, encoding="utf-8")

    def layers() -> dict[str, int]:
        files = {
            "original": "landing/*/*/batch=*/original/**/*.*",
            "package": "returns/*.sealed",
            "receipt": "returns/receipt/*",
            "version": "published/2*",
        }
        messages = city.home.glob("landing/device/telemetry/b*/data.parquet")
        found = {name: len(list(city.home.glob(pattern))) for name, pattern in files.items()}
        return found | {"message": sum(pl.read_parquet(path).height for path in messages)}

    before, current = layers(), city.version()
    assert min(before.values()) > 0
    shown = city._run(["retain", "--config", str(late)])
    assert (shown.returncode, layers()) == (0, before), shown.stderr
    assert "以上只是预览" in shown.stdout
    done = city._run(["retain", "--config", str(late), "--apply"])
    assert done.returncode == 0, done.stderr
    assert layers() == {"original": 0, "package": 0, "receipt": 0, "version": 1, "message": 0}
    assert city.version() == current
    assert city.yidang("verify").returncode == 0
    events = [json.loads(line)["event"] for line in (city.home / "returns" / "log.jsonl").read_text("utf-8").splitlines()]
    assert events.count("expired") == before["package"]
    audit = (city.home / "security" / "audit.jsonl").read_text(encoding="utf-8")
    assert (audit.count("apply as of 2030-01-05"), audit.count("removed: ")) == (1, 1)
    past = city.yidang("run", "--as-of", "2026-11-20")
    assert (past.returncode, "cannot be made again" in past.stderr, past.stderr.count("\n")) == (1, True, 1)
    again = city._run(["retain", "--config", str(late), "--apply"])
    assert "没有超过保留期限的内容" in again.stdout
