"""An issue opens, its department mends the row in its own system, and the next run closes it; slips, scores and desk tell so."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

import openpyxl
import polars as pl
import pytest

from expectations.report import SCHEMA
from expectations.scorecard.score import score
from expectations.slip.week import Week
from orchestration.automation.slips import slip_job
from orchestration.session import open_session
from tests.street_city import KEY, TOKEN, City

pytestmark = pytest.mark.slow
RULE, GRAIN = "ID-CHECK-DIGIT", ["level", "subject", "dimension", "run_id"]


@dataclass(frozen=True)
class Life:
    """A city of two days: its issues on the first, and what the second run printed.

    `mended` and `withdrawn` are the keys of the owners whose number was mended and who was withdrawn.
    """

    city: City
    before: pl.DataFrame
    mended: str
    withdrawn: str
    printed: str

    def mine(self) -> pl.Expr:
        """The issues of the two owners."""
        return (pl.col("dataset") == "property.owner") & pl.col("key").is_in([self.mended, self.withdrawn])


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """Between the days the housing bureau mends one owner's number and withdraws another owner; the register grows a column."""
    city = City(tmp_path_factory.mktemp("life"), houses=150, seed=8)
    city.run(1)
    before = city.table("quality_issue")
    owners = before.filter(pl.col("dataset") == "property.owner", pl.col("state") == "open").sort("key")
    wrong = owners.filter(pl.col("rule") == RULE)["key"][0]
    other = owners.filter(pl.col("key") != wrong)["key"][0]
    with closing(sqlite3.connect(city.sources / "property" / "housing.db")) as database, database:
        row = database.execute("select cert_no from owner where owner_id = ?", [wrong]).fetchone()
        moment = "2026-11-21 09:00:00"
        database.execute("update owner set cert_no = ?, updated_at = ? where owner_id = ?", [mended(row[0]), moment, wrong])
        database.execute("update owner set is_deleted = 1, updated_at = ? where owner_id = ?", [moment, other])
    register = city.sources / "device" / "register"
    rows = [json.loads(line) for line in (register / "devices_20261120.ndjson").read_text(encoding="utf-8").splitlines()]
    changed = [row | {"firmware": "1.2"} | ({"contactName": None} if place % 3 else {}) for place, row in enumerate(rows)]
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in changed)
    (register / "devices_20261121.ndjson").write_text(lines, encoding="utf-8")
    yield Life(city, before, wrong, other, city.run(2))
    city.close()


def mended(number: str) -> str:
    """The number with the check character that its digits ask for."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    return number[:17] + "10X98765432"[total % 11]


def test_an_issue_keeps_its_first_day_and_closes_when_its_source_is_mended(life: Life) -> None:
    after = life.city.table("quality_issue")
    opened = life.before.filter(life.mine(), pl.col("state") == "open").sort("issue_id")
    closed = after.join(opened, on="issue_id", how="semi").sort("issue_id")
    assert set(opened["key"]) == {life.mended, life.withdrawn}
    assert closed.height == opened.height
    is_number = pl.col("rule") == RULE
    told = closed.filter((pl.col("key") == life.withdrawn) | is_number)
    assert set(told["state"]) == {"closed"}
    assert (told["closed_at"] >= told["last_seen"]).all()
    assert closed["first_seen"].to_list() == opened["first_seen"].to_list()
    assert closed["committee_code"].to_list() == opened["committee_code"].to_list()
    assert opened["committee_code"].null_count() == 0
    standing = life.before.filter(~life.mine(), pl.col("state") == "open").join(after, on="issue_id", suffix="_now")
    assert standing["first_seen"].to_list() == standing["first_seen_now"].to_list()
    assert standing.filter(pl.col("state_now") == "open").height > 0.9 * standing.height


def test_no_issue_was_seen_before_its_rows_came(life: Life) -> None:
    """Of conflicts and shared numbers too, whatever the sources say of when they changed a record."""
    for issues in (life.before, life.city.table("quality_issue")):
        arrived = life.city.table("source_batch")["received_at"].min()
        assert issues.filter(pl.col("first_seen") < arrived).select("rule").unique().rows() == []
        assert issues.filter(pl.col("first_seen") > pl.col("last_seen")).is_empty()
        assert not issues.filter(pl.col("rule").str.starts_with("CONFLICT-")).is_empty()


def test_a_new_column_and_an_emptied_one_are_told_and_shown_and_hold_nothing(life: Life) -> None:
    assert "unusual device register/devices_20261121.ndjson: column firmware added" in life.printed
    results = life.city.table("quality_result").filter(pl.col("checked_at") == pl.col("checked_at").max())
    added = results.filter(check_code="device.register.delivery.columns").row(0, named=True)
    assert (added["passed"], added["observed"], added["expected_most"], added["history_count"]) == (False, 1, 0, 1)
    assert added["detail"] == "column firmware added"
    blank = results.filter(check_code="device.register.delivery.null_share.contactName").row(0, named=True)
    assert blank["passed"] is False
    assert blank["observed"] > blank["expected_most"]
    assert blank["owner"] == added["owner"]
    is_shares = pl.col("check_code").str.contains(".distribution.", literal=True)
    shares = results.filter(is_shares, pl.col("source_system").is_null())
    assert shares.height >= 6
    assert shares["passed"].all()


def test_the_schedule_hands_out_slips_by_the_way_of_the_command(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIDANG_KEY", KEY)
    monkeypatch.setenv("CIVIL_TOKEN", TOKEN)
    audit = life.city.home / "security" / "audit.jsonl"
    before = len(audit.read_text(encoding="utf-8").splitlines()) if audit.exists() else 0
    session = open_session(life.city.folder / "yidang.toml")
    assert slip_job.execute_in_process(resources={"session": session}).success
    (line,) = audit.read_text(encoding="utf-8").splitlines()[before:]
    week = Week.of(datetime.now(UTC)).before
    assert f"slip {week.name}" in line
    assert {path.stem for path in (life.city.home / "slip" / week.name).iterdir()} >= {"property", "police", "civil", "device"}


def test_the_slip_tells_what_was_mended(life: Life) -> None:
    told = life.city.yidang("slip", "--department", "property")
    assert told.returncode == 0, told.stderr
    path = life.city.home / "slip" / Week.of(datetime.now(UTC)).name / "property.xlsx"
    book = openpyxl.load_workbook(path)
    rows = list(book["更正清单"].iter_rows(values_only=True))
    assert {row[10] for row in rows[1:] if row[2] == life.mended and row[4] == RULE} == {"本周已更正"}
    assert {row[10] for row in rows[1:]} == {"本周已更正", "待更正"}
    rates = dict(zip(*list(book["更正情况"].iter_rows(values_only=True))[:2], strict=True))
    assert int(rates["本周更正"]) >= 2
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    owners = life.city.street.tables["property.owner"]
    plain = {str(value) for column in ("owner_name", "cert_no", "mobile") for value in owners[column] if value}
    assert cells & plain == set()
    assert "export" in (life.city.home / "security" / "audit.jsonl").read_text(encoding="utf-8")
    assert life.city.yidang("slip", "--department", "nobody").returncode == 1


def test_the_scorecard_is_what_the_published_results_say(life: Life) -> None:
    results, published = life.city.table("quality_result"), life.city.table("quality_score")
    assert results["run_id"].n_unique() == 2
    again = score(results.select(list(SCHEMA)))
    assert again.sort(GRAIN).equals(published.select(again.columns).sort(GRAIN))
    whole = published.filter(pl.col("level") == "source", pl.col("subject") == "property", pl.col("dimension") == "全部")
    assert whole.sort("checked_at")["previous_score"].is_not_null().to_list() == [False, True]
    assert published.filter(pl.col("level") == "committee")["subject"].n_unique() > 1
    assert results.group_by("check_code", "dataset", "run_id").len()["len"].max() == 1


def test_every_rule_that_found_something_is_due_there(life: Life) -> None:
    due = life.city.table("quality_measure").select("dataset", "rule").unique()
    found = life.city.table("quality_issue").filter(pl.col("state") == "open").select("dataset", "rule").unique()
    assert found.join(due, on=["dataset", "rule"], how="anti").rows() == []


def test_sources_are_compared_two_by_two(life: Life) -> None:
    told = life.city.table("source_agreement")
    pairs = set(told.select("left_system", "right_system").iter_rows())
    assert {("civil", "police"), ("police", "property"), ("civil", "device"), ("device", "police")} <= pairs
    names = told.filter(pl.col("attribute") == "name", pl.col("left_system") == "police", pl.col("right_system") == "property")
    assert names["matched_count"].sum() > names["conflicting_count"].sum()
    assert told["week_start"].dt.weekday().unique().to_list() == [1]


def test_the_desk_shows_refused_rows_by_rule_and_replays_nothing_that_still_fails(life: Life) -> None:
    told = life.city.yidang("quarantine")
    assert told.returncode == 0, told.stderr
    assert "device.telemetry" in told.stdout
    shown = life.city.yidang("quarantine", "--rule", "JSON-BROKEN")
    assert shown.returncode == 0, shown.stderr
    assert "device.telemetry" in shown.stdout
    landed = sorted(life.city.home.glob("landing/*/*/batch=*"))
    assert "nothing was changed" in life.city.yidang("quarantine", "--replay").stdout
    assert sorted(life.city.home.glob("landing/*/*/batch=*")) == landed
