"""The police give keys of records to other people, and give one back: the whole way with the real command, day by day."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl
import pytest

from tests.street_city import City
from tests.unit.identity.invented import number_of

pytestmark = pytest.mark.slow
RULE = "KEY-REUSED"
COMERS = [
    {"XM": name, "ZJZL": "111", "ZJHM": number_of(born, 501 + 2 * place), "CSRQ": f"{born:%Y%m%d}", "XBDM": "1"}
    for place, (name, born) in enumerate([("禹小川", date(1991, 2, 3)), ("戚大海", date(1987, 4, 5))])
]
EMPTY = {
    "CYM": "",
    "HH": "",
    "LXDH": "",
    "YHZGX": "90",
    "ZXBS": "0",
    "ZXYY": "",
    "DJRQ": "20261121",
    "RKLB": "2",
    "HJDZ": "",
    "HJXZQH": "",
}
Row = dict[str, str]


@dataclass
class Days:
    """Three days. `lone` is a key whose person stands in no other record, `shared` one whose person does."""

    city: City
    lone: str
    shared: str
    links: list[pl.DataFrame] = field(default_factory=list)
    tables: list[Mapping[str, pl.DataFrame]] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def run(self, day: int) -> None:
        """Run, and keep what was published."""
        self.printed.append(self.city.run(day))
        names = (
            "resident",
            "resident_source",
            "resident_forward",
            "residence",
            "residence_claim",
            "quality_issue",
            "resident_tag",
        )
        self.tables.append({name: self.city.table(name) for name in names})

    def who(self, day: int, key: str) -> str:
        """Whose record a key was on a day."""
        links = self.tables[day - 1]["resident_source"].filter(source_entity="SYRK", source_key=key)
        return str(links["resident_id"].item())


def first_rows(city: City) -> dict[str, Row]:
    """What the police told on the first day, by key."""
    rows: dict[str, Row] = {}
    for path in sorted((city.sources / "police" / "20261120").glob("SYRK_*")):
        rows |= {row["RYBH"]: row for row in csv.DictReader(io.StringIO(path.read_bytes().decode("gb18030")))}
    return rows


def deliver(city: City, number: int, rows: list[Row]) -> None:
    """The day's delivery of everybody, with these rows of the police as well."""
    city.next_day(number)
    folder = city.sources / "police" / f"202611{19 + number}"
    path = sorted(folder.glob("SYRK_*"))[0]
    text = path.read_bytes().decode("gb18030")
    told = list(csv.DictReader(io.StringIO(text)))
    changed = {row["RYBH"] for row in rows}
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, next(csv.reader(io.StringIO(text))), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows([*(row for row in told if row["RYBH"] not in changed), *rows])
    path.write_bytes(buffer.getvalue().encode("gb18030"))
    manifest = next(folder.glob("MANIFEST_*"))
    lines = [line for line in manifest.read_text("gb18030").splitlines() if not line.startswith(path.name)]
    count = len([row for row in told if row["RYBH"] not in changed]) + len(rows)
    lines.append(f"{path.name},{count},{hashlib.sha256(path.read_bytes()).hexdigest()}")
    manifest.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    """On the second day two keys tell of other people, at another home; on the third one of them is given back."""
    city = City(tmp_path_factory.mktemp("reuse"), houses=150, seed=21)
    city.run(1)
    first, links = first_rows(city), city.table("resident_source")
    living = city.table("residence").filter(is_current=True, kind="lives")["resident_id"]
    whole = [
        key for key, row in first.items() if row["RKLB"] == "1" and row["ZXBS"] == "0" and len(row["ZJHM"]) == 18 and row["DZBM"]
    ]
    mine = links.with_columns(
        records=pl.len().over("resident_id"), sources=pl.col("source_system").n_unique().over("resident_id")
    )
    mine = mine.filter(source_entity="SYRK").filter(
        pl.col("source_key").is_in(whole), pl.col("resident_id").is_in(living.implode())
    )
    lone = mine.filter(records=1).sort("source_key")["source_key"][0]
    shared = mine.filter(pl.col("sources") > 1).sort("source_key")["source_key"][0]
    days = Days(city, lone, shared)
    days.run(1)
    elsewhere = next(
        row for row in first.values() if row["RYBH"] in whole and row["DZBM"] not in {first[lone]["DZBM"], first[shared]["DZBM"]}
    )
    home = {name: elsewhere[name] for name in ("XZZ", "DZBM")}
    comers = [
        {**first[key], **EMPTY, **home, **comer, "GXSJ": "20261121093000"}
        for key, comer in zip((lone, shared), COMERS, strict=True)
    ]
    deliver(city, 2, comers)
    days.run(2)
    deliver(city, 3, [{**first[lone], "GXSJ": "20261122093000"}, {**comers[1], "GXSJ": "20261122093000"}])
    days.run(3)
    yield days
    city.close()


def test_who_comes_gets_an_identifier_of_their_own(days: Days) -> None:
    before = set(days.tables[0]["resident"]["resident_id"])
    comers = {days.who(2, key) for key in (days.lone, days.shared)}
    assert len(comers) == 2
    assert not comers & before


def test_the_one_before_stays_where_other_records_tell_of_them(days: Days) -> None:
    gone, stays = (days.who(1, key) for key in (days.lone, days.shared))
    after = days.tables[1]
    assert stays in set(after["resident"]["resident_id"])
    kept = after["resident_source"].filter(resident_id=stays)
    told = days.tables[0]["resident_source"].filter(resident_id=stays)
    assert set(kept["source_key"]) >= set(told["source_key"]) - {days.shared}
    assert days.shared not in set(kept["source_key"])
    assert gone not in set(after["resident"]["resident_id"])
    assert gone not in set(after["resident_forward"]["old_resident_id"])


def test_nothing_that_the_key_told_before_comes_along(days: Days) -> None:
    for key in (days.lone, days.shared):
        one, other = days.who(1, key), days.who(2, key)
        homes = set(days.tables[0]["residence"].filter(resident_id=one)["dwelling_id"])
        for table in ("residence", "residence_claim"):
            told = days.tables[1][table].filter(resident_id=other)
            assert told.height
            assert not homes & set(told["dwelling_id"]), table
        assert (days.tables[1]["residence"].filter(resident_id=other)["valid_from"] >= date(2026, 11, 21)).all()
    third = days.tables[2]["residence_claim"].filter(resident_id=days.who(3, days.shared))
    assert set(third["dwelling_id"]) == set(
        days.tables[1]["residence_claim"].filter(resident_id=days.who(2, days.shared))["dwelling_id"]
    )


def test_the_key_given_back_brings_the_one_before_back_as_they_were(days: Days) -> None:
    back = days.who(1, days.lone)
    assert days.who(3, days.lone) == back
    first, third = (days.tables[day]["residence"].filter(resident_id=back).sort("dwelling_id", "kind") for day in (0, 2))
    assert third.select("dwelling_id", "kind", "valid_from").equals(first.select("dwelling_id", "kind", "valid_from"))
    assert days.who(3, days.shared) == days.who(2, days.shared)
    assert days.who(2, days.lone) not in set(days.tables[2]["resident"]["resident_id"])


def test_the_police_are_told_and_the_issue_closes_when_the_key_is_given_back(days: Days) -> None:
    second, third = (days.tables[day]["quality_issue"].filter(rule=RULE).sort("key") for day in (1, 2))
    assert days.tables[0]["quality_issue"].filter(rule=RULE).is_empty()
    assert set(second.filter(state="open")["key"]) == {days.lone, days.shared}
    assert set(second["dataset"]) == {"police.SYRK"}
    assert second["owner_department"].null_count() == 0
    assert third.filter(state="open")["key"].to_list() == [days.shared]
    assert third.filter(state="closed")["key"].to_list() == [days.lone]


def test_earlier_days_are_told_again_as_they_were(days: Days) -> None:
    for day in (20, 21):
        told = days.city.yidang("run", "--as-of", f"2026-11-{day}")
        assert told.returncode == 0, told.stdout + told.stderr
        assert "not the same as then" not in told.stdout
        assert "made again" in told.stdout


def test_who_held_the_key_is_erased_and_who_holds_it_is_not(days: Days) -> None:
    """Last, since it changes what the others look at."""
    city = days.city
    lost, kept = days.who(1, days.shared), days.who(3, days.shared)
    number = first_rows(city)[days.shared]["ZJHM"]
    told = city.yidang("erase", lost, "--reason", "本人申请")
    assert told.returncode == 0, told.stdout + told.stderr
    landed = pl.concat([pl.read_parquet(path) for path in city.home.glob("landing/police/SYRK/batch=*/data.parquet")])
    assert number not in set(landed["id_number"].drop_nulls())
    assert COMERS[1]["ZJHM"] in set(landed["id_number"].drop_nulls())
    again = city.yidang("run", "--as-of", "2026-11-22")
    assert again.returncode in (0, 3), again.stdout + again.stderr
    links = city.table("resident_source")
    assert links.filter(source_entity="SYRK", source_key=days.shared)["resident_id"].to_list() == [kept]
    assert lost not in set(city.table("resident")["resident_id"])
