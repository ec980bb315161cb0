"""An issue opens, its department mends the row in its own system, and the next run closes it; slips, scores and desk tell so."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import openpyxl
import polars as pl
import pytest

from expectations.report import SCHEMA
from expectations.scorecard.score import score
from tests.street_city import City

pytestmark = pytest.mark.slow
RULE, COLUMNS = "ID-CHECK-DIGIT", ["level", "subject", "dimension", "run_id"]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city of two days; between them the housing bureau mends one owner's number, and withdraws another owner."""
    made = City(tmp_path_factory.mktemp("life"), houses=150, seed=8)
    made.run(1)
    made.before = made.table("quality_issue")  # type: ignore[attr-defined]
    first, second = wrong_numbers(made)["key"].to_list()[:2]
    with closing(sqlite3.connect(made.sources / "property" / "housing.db")) as database, database:
        row = database.execute("select cert_no from owner where owner_id = ?", [first]).fetchone()
        moment = "2026-11-21 09:00:00"
        database.execute("update owner set cert_no = ?, updated_at = ? where owner_id = ?", [mended(row[0]), moment, first])
        database.execute("update owner set is_deleted = 1, updated_at = ? where owner_id = ?", [moment, second])
    made.mended = (first, second)  # type: ignore[attr-defined]
    made.run(2)
    yield made
    made.close()


def wrong_numbers(city: City) -> pl.DataFrame:
    issues = city.table("quality_issue")
    return issues.filter(pl.col("rule") == RULE, pl.col("dataset") == "property.owner", pl.col("state") == "open").sort("key")


def mended(number: str) -> str:
    """The number with the check character that its digits ask for."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17]))
    return number[:17] + "10X98765432"[total % 11]


def test_an_issue_keeps_its_first_day_and_closes_when_its_source_is_mended(city: City) -> None:
    before, after = city.before, city.table("quality_issue")  # type: ignore[attr-defined]
    first, second = city.mended  # type: ignore[attr-defined]
    is_mine = (pl.col("dataset") == "property.owner") & (pl.col("rule") == RULE) & pl.col("key").is_in([first, second])
    opened, closed = before.filter(is_mine).sort("key"), after.filter(is_mine).sort("key")
    assert opened["state"].to_list() == ["open", "open"]
    assert closed["state"].to_list() == ["closed", "closed"]
    assert closed["first_seen"].to_list() == opened["first_seen"].to_list()
    assert (closed["closed_at"] >= closed["last_seen"]).all()
    assert closed["committee_code"].to_list() == opened["committee_code"].to_list() != [None, None]
    still = before.filter(~is_mine).join(after, on="issue_id", suffix="_now")
    assert still.filter(pl.col("first_seen") != pl.col("first_seen_now")).height == 0
    assert still.height == before.height - 2


def test_the_slip_tells_what_was_mended(city: City) -> None:
    told = city.yidang("slip", "--department", "property")
    assert told.returncode == 0, told.stderr
    (path,) = (city.home / "slip").glob("*/property.xlsx")
    book = openpyxl.load_workbook(path)
    rows = list(book["更正清单"].iter_rows(values_only=True))
    states = {row[2]: row[10] for row in rows[1:] if row[4] == RULE}
    assert {states[key] for key in city.mended} == {"本周已更正"}  # type: ignore[attr-defined]
    rates = dict(zip(*list(book["更正情况"].iter_rows(values_only=True))[:2], strict=True))
    assert int(rates["本周更正"]) >= 2
    numbers = (
        set(city.truth("person")["id_number"].drop_nulls()) if (city.sources / "truth" / "person.parquet").exists() else set()
    )
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert cells & numbers == set()
    assert '"action": "export"' in (city.home / "security" / "audit.jsonl").read_text("utf-8").replace('":"', '": "')
    assert city.yidang("slip", "--department", "nobody").returncode == 1


def test_the_scorecard_is_what_the_published_results_say(city: City) -> None:
    results, published = city.table("quality_result"), city.table("quality_score")
    assert results["run_id"].n_unique() == 2
    again = score(results.select(list(SCHEMA)))
    assert again.sort(COLUMNS).equals(published.select(again.columns).sort(COLUMNS))
    whole = published.filter(pl.col("level") == "source", pl.col("subject") == "property", pl.col("dimension") == "全部")
    assert whole.sort("checked_at")["previous_score"].is_not_null().to_list() == [False, True]
    assert published.filter(pl.col("level") == "committee")["subject"].n_unique() > 1
    assert results.group_by("check_code", "dataset", "run_id").len()["len"].max() == 1


def test_sources_are_compared_two_by_two(city: City) -> None:
    told = city.table("source_agreement")
    pairs = set(told.select("left_system", "right_system").iter_rows())
    assert {("civil", "police"), ("police", "property"), ("civil", "device"), ("device", "police")} <= pairs
    names = told.filter(pl.col("attribute") == "name", pl.col("left_system") == "police", pl.col("right_system") == "property")
    assert names["matched_count"].sum() > names["conflicting_count"].sum()
    assert told["week_start"].dt.weekday().unique().to_list() == [1]


def test_the_desk_shows_refused_rows_without_values_and_replays_nothing_that_still_fails(city: City) -> None:
    told = city.yidang("quarantine")
    assert told.returncode == 0, told.stderr
    assert "police.SYRK" in told.stdout
    rule = city.table("source_batch").filter(pl.col("rejected_rows") > 0).height and "JSON-BROKEN"
    shown = city.yidang("quarantine", "--rule", str(rule))
    assert shown.returncode == 0, shown.stderr
    digits = "".join(sign for sign in shown.stdout.partition("shape")[2] if sign.isdigit())
    assert digits  # batch and line
    before = json.dumps(sorted(path.name for path in (city.home / "landing").glob("*/*/batch=*")))
    assert "nothing was changed" in city.yidang("quarantine", "--replay").stdout
    assert json.dumps(sorted(path.name for path in (city.home / "landing").glob("*/*/batch=*"))) == before
