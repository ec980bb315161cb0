"""The tables of sixty days ago, made again from landing and identity's logs: the same bytes as were published then.

Between the days: late and corrected records, a full snapshot, dwellings that split and merge, verdicts of people on tasks and on
who is who, and residents who were linked by what was learned on the day before.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import polars as pl
import pytest

from identity.frames import REF
from identity.log.decision import Decision
from identity.log.identity_log import IdentityLog
from ingestion.demo.files.feedback_files import write_feedback
from orchestration.publish.change import NOT_FED
from tests.street_city import DAY, City

pytestmark = pytest.mark.slow
DAYS = (1, 2, 62)
ASKED = 2
PAIRS = 10
Verdict = Literal["same", "different"]


class Kept:
    """What was published on some days, put aside: the warehouse keeps the newest versions only."""

    def __init__(self, city: City, folder: Path) -> None:
        self.city, self.folder, self.names = city, folder, dict[int, str]()

    def run(self, day: int) -> None:
        """Publish a day and put its tables aside."""
        self.city.run(day=day)
        self.names[day] = self.city.version()
        shutil.copytree(self.city.home / "published" / self.city.version(), self.folder / str(day))

    def digests(self, day: int) -> dict[str, str]:
        """SHA-256 of each table's file as published on the day."""
        return digests(self.folder / str(day))

    def table(self, day: int, name: str) -> pl.DataFrame:
        """A table as published on the day."""
        return pl.read_parquet(self.folder / str(day) / "tables" / f"{name}.parquet")


def digests(version: Path) -> dict[str, str]:
    """SHA-256 of each table's file; what is encrypted anew or tells of the run itself is left out."""
    manifest = json.loads((version / "manifest.json").read_text(encoding="utf-8"))
    return {name: facts["sha256"] for name, facts in manifest["tables"].items() if name not in NOT_FED}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """A city of two days, and sixty days on."""
    folder = tmp_path_factory.mktemp("asof")
    city = City(folder, houses=40, seed=5)
    kept = Kept(city, folder / "kept")
    kept.run(1)
    city.next_day(2)
    _renumber(city, "99", day=2)
    _answer_tasks(city)
    pairs = _strangers(city)
    _decide(city, pairs, "same")
    kept.run(2)
    city.next_day(3)
    _renumber(city, "", day=3)
    _decide(city, pairs, "different")
    kept.run(62)
    yield kept
    city.close()


def _renumber(city: City, room: str, day: int) -> None:
    """The rooms of three flats are called otherwise, or again as before: their dwellings part, or join again."""
    with sqlite3.connect(city.sources / "property" / "housing.db") as database:
        flats = "select house_id from house where room_no <> '' order by house_id limit 3"
        if room:
            database.execute(f"create table before as select house_id, room_no, address from house where house_id in ({flats})")
            change = f"room_no = '{room}' || substr(house_id, -2), address = ''"
        else:
            change = "(room_no, address) = (select room_no, address from before where before.house_id = house.house_id)"
        stamp = f"updated_at = '2026-11-{DAY.day + day - 1} 08:00:00'"
        database.execute(f"update house set {change}, {stamp} where house_id in (select house_id from before)")


def _answer_tasks(city: City) -> None:
    """People answer every third task, one in two by 确认."""
    tasks = city.table("task").sort("task_id")["task_id"].gather_every(3).to_list()
    words = ("确认", "更正")
    rows = [
        {"task_id": task, "verdict": words[turn % 2], "checked_by": "网格员", "checked_at": "2026-11-20 15:00:00"}
        for turn, task in enumerate(tasks)
    ]
    write_feedback(city.sources / "feedback" / "返回.xlsx", rows)


def _strangers(city: City) -> list[tuple[tuple[str, str, str], tuple[str, str, str]]]:
    """Pairs of residents of one record each, no resident twice."""
    alone = city.table("resident_source").filter(pl.len().over("resident_id") == 1).sort(REF).select(REF).rows()
    return list(zip(alone[:PAIRS], alone[-PAIRS:], strict=True))


def _decide(city: City, pairs: list[tuple[tuple[str, str, str], tuple[str, str, str]]], verdict: Verdict) -> None:
    decisions = [Decision(left, right, verdict, "李", "看过户口本") for left, right in pairs]
    IdentityLog(city.home / "identity" / "log").decide(decisions, datetime.now(UTC))


def test_the_days_differ_and_ids_part_and_join_between_them(kept: Kept) -> None:
    first, second, later = (kept.digests(day) for day in DAYS)
    assert {name for name in first if first[name] != second[name]} >= {"resident", "residence", "dwelling", "task"}
    assert {name for name in second if second[name] != later[name]} >= {"resident_source", "residence", "indicator"}
    kinds = set(pl.read_parquet(list((kept.city.home / "identity" / "log").glob("*.parquet")))["event"])
    assert kinds >= {"created", "joined", "left", "merged", "split", "forwarded", "decided"}


def test_the_category_of_today_is_that_of_the_resident(kept: Kept) -> None:
    for day in DAYS:
        resident = kept.table(day, "resident").filter((pl.col("status") == "active") & pl.col("resident_category").is_not_null())
        told = ["resident_id", "resident_category", "dwelling_id"]
        now = kept.table(day, "resident_category").filter("is_current").select(told).sort("resident_id")
        assert now.equals(resident.select(told).sort("resident_id"))


def test_months_that_no_source_dates_stay_as_their_last_version_told_them(kept: Kept) -> None:
    key, told = ["indicator_code", "area_level", "area_code", "period"], ["value", "numerator", "denominator"]
    snapshot = kept.table(2, "indicator_definition").filter(pl.col("cadence") == "snapshot")["indicator_code"]
    assert [kept.table(day, "indicator")["told_date"].null_count() for day in (1, 2)] == [
        kept.table(day, "indicator").height for day in (1, 2)
    ]
    later = kept.table(62, "indicator")
    standing = later.select("area_level", "area_code").unique()
    then = kept.table(2, "indicator").filter(pl.col("period") == "2026-11", pl.col("indicator_code").is_in(snapshot.implode()))
    then = then.join(standing, ["area_level", "area_code"], "semi")
    stayed = later.filter(pl.col("told_date").is_not_null())
    assert set(stayed["told_date"]) == {DAY + timedelta(days=1)}
    both = then.join(stayed, key, validate="1:1", suffix="_later")
    assert both.height == then.height == stayed.height > snapshot.len()
    assert both.filter(pl.col("is_suppressed") & ~pl.col("is_suppressed_later")).is_empty()
    open_still = both.filter(~pl.col("is_suppressed_later"))
    assert open_still.select(told).equals(open_still.select(pl.col(f"{name}_later").alias(name) for name in told))
    assert open_still.filter(pl.col("value") > 0).height > snapshot.len()
    assert later.filter(pl.col("period") == "2026-12", pl.col("indicator_code").is_in(snapshot.implode())).is_empty()


def test_a_task_is_raised_once_and_counts_in_its_month_for_ever(kept: Kept) -> None:
    first, second, later = (kept.table(day, "task") for day in DAYS)
    assert set(first["raised_date"]) == {DAY}
    stayed = first.join(later, "task_id", suffix="_later")
    assert not stayed.is_empty()
    assert stayed["raised_date"].equals(stayed["raised_date_later"].alias("raised_date"))
    stands = pl.col("task_id").is_in(later["task_id"].implode())
    in_november = pl.concat([first, second]).filter(~pl.col("needs_consent") | stands)["task_id"].unique()
    assert in_november.len() > stayed.height  # some of them have gone since, and count all the same
    street = kept.table(62, "indicator").filter(pl.col("area_level") == "street")
    raised, returned = (
        dict(street.filter(pl.col("indicator_code") == code).select("period", "numerator").iter_rows())
        for code in ("task_raised_count", "task_returned_count")
    )
    new = later.filter(~pl.col("task_id").is_in(in_november.implode())).height
    assert raised == {"2026-11": in_november.len(), "2026-12": 0, "2027-01": new}
    assert returned["2026-11"] == later.filter(pl.col("answered_date") < date(2026, 12, 1)).height > 0


def test_the_tables_of_sixty_days_ago_are_published_again_byte_for_byte(kept: Kept) -> None:
    logs = sorted((kept.city.home / "identity").glob("*/*"))
    batches = sorted((kept.city.home / "landing").glob("*/*/batch=*"))
    printed = kept.city.run(day=ASKED)
    assert "not the same" not in printed
    assert kept.names[ASKED] in printed
    again = digests(kept.city.home / "published" / kept.city.version())
    assert again == kept.digests(ASKED)
    manifest = kept.city.manifest()
    assert manifest["knowledge"]["rebuilds"] == kept.names[ASKED]
    assert logs == sorted((kept.city.home / "identity").glob("*/*"))
    assert batches == sorted((kept.city.home / "landing").glob("*/*/batch=*"))


def test_a_day_without_a_version_shows_what_was_known_on_it(kept: Kept) -> None:
    kept.city.run(day=30)
    assert kept.city.table("resident_source").equals(kept.table(ASKED, "resident_source"))
    assert kept.city.manifest()["as_of"] == "2026-12-19"


def test_a_date_before_the_first_version_is_refused_in_one_line(kept: Kept) -> None:
    before = kept.city.version()
    done = kept.city.yidang("run", "--as-of", "2026-01-01")
    assert done.returncode == 1
    assert "2026-11-20" in done.stderr
    assert kept.city.version() == before


def test_the_present_comes_back_with_the_next_run(kept: Kept) -> None:
    kept.city.run(day=DAYS[-1])
    assert digests(kept.city.home / "published" / kept.city.version()) == kept.digests(DAYS[-1])
