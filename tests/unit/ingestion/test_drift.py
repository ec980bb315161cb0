"""Deliveries beside those before them: what is usual passes, what is strange is named, nothing is held without a history."""

from collections.abc import Callable
from functools import cache

import polars as pl
import pytest

from ingestion.contracts.loader import load_contract
from ingestion.demo.chance import dice
from ingestion.drift.columns import keys_of, keys_of_lines, moved
from ingestion.drift.history import Earlier
from ingestion.drift.judge import judge
from ingestion.drift.limits import load_limits
from ingestion.drift.look import Look, look
from ingestion.drift.profile import Profile, profile_of
from ingestion.drift.usual import usual

ENTITY = load_contract("police").entity("SYRK")
ROWS = 400


@cache
def people(count: int = ROWS, start: int = 0) -> pl.DataFrame:
    """Registered people, each always the same; one in three without a telephone."""
    rows = [
        {
            "RYBH": f"R{n:06d}",
            "XM": chance.choice("张王李赵") + chance.choice("伟芳娜敏静"),
            "ZJHM": f"319999{chance.randrange(1930, 2020)}0101{n:04d}",
            "CSRQ": f"{chance.randrange(1930, 2020)}0101",
            "DJRQ": f"{chance.randrange(2005, 2026)}0{chance.randrange(1, 10)}11",
            "XZZ": f"澄江路{n % 90}弄{n % 7 + 1}号{n % 5 + 1}01室",
            "HJDZ": f"望江路{n % 50}弄{n % 9 + 1}号{n % 6 + 1}02室",
            "LXDH": f"154{n:08d}" if n % 3 else "",
            "GXSJ": f"202611{n % 20 + 1:02d}080000",
        }
        for n in range(start, start + count)
        for chance in [dice(n, "people")]
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(ENTITY.fields, pl.String))


def seen(frame: pl.DataFrame, snapshot: str | None = "20261120") -> Earlier:
    return Earlier(snapshot, profile_of(frame, ENTITY))


def found(frame: pl.DataFrame, *earlier: Earlier, is_snapshot: bool = True) -> list[str]:
    return [finding.check for finding in judge(profile_of(frame, ENTITY), earlier, load_limits(), is_snapshot=is_snapshot)]


def renamed(frame: pl.DataFrame, one: str, other: str) -> pl.DataFrame:
    return frame.rename({one: other, other: one}).select(frame.columns)


def every(n: int) -> pl.Expr:
    """One row in so many."""
    return pl.int_range(pl.len()) % n == 0


STRANGE: dict[str, tuple[str, Callable[[pl.DataFrame], pl.DataFrame]]] = {
    "two columns of different kinds": ("swapped", lambda frame: renamed(frame, "XM", "LXDH")),
    "two columns of one kind": ("swapped", lambda frame: renamed(frame, "HJDZ", "XZZ")),
    "two dates": ("swapped", lambda frame: renamed(frame, "CSRQ", "DJRQ")),
    "all telephones blank": ("blank", lambda frame: frame.with_columns(LXDH=pl.lit(""))),
    "a column that is missing": ("blank", lambda frame: frame.with_columns(ZJHM=pl.lit(None, dtype=pl.String))),
    "keys numbered anew": ("renumbered", lambda frame: frame.with_columns(RYBH=pl.lit("N") + pl.col("RYBH"))),
    "keys given to others": ("reused", lambda frame: frame.with_columns(RYBH=frame["RYBH"].reverse())),
    "ten times the volume": ("volume", lambda frame: pl.concat([frame, people(9 * ROWS, start=ROWS)])),
    "nothing at all": ("empty", lambda frame: frame.clear()),
    "a half of it": ("fall", lambda frame: frame.head(ROWS // 3)),
    "all telephones one": ("uniform", lambda frame: frame.with_columns(LXDH=pl.lit("15412345678"))),
    "a column of another type": ("retyped", lambda frame: frame.with_columns(CSRQ=pl.lit("星期一"))),
}


@pytest.mark.parametrize("case", STRANGE)
def test_what_is_strange_is_named(case: str) -> None:
    check, change = STRANGE[case]
    usual = people()
    assert check in found(change(usual), seen(usual))


@pytest.mark.parametrize("case", STRANGE)
def test_nothing_is_held_without_a_history(case: str) -> None:
    assert found(STRANGE[case][1](people())) == []


@pytest.mark.parametrize("case", ["all telephones blank", "all telephones one", "keys numbered anew", "two dates"])
def test_a_small_feed_is_judged_too(case: str) -> None:
    check, change = STRANGE[case]
    usual = people(24)
    assert check in found(change(usual), seen(usual))
    assert found(change(people(4)), seen(people(4))) == []


def test_a_small_increment_of_one_kind_is_no_strange_delivery() -> None:
    alike = people(25, start=2000).with_columns(LXDH=pl.lit(""), DJRQ=pl.lit("20261120"), XZZ=pl.lit("澄江路1弄1号101室"))
    assert found(alike, seen(people()), is_snapshot=False) == []


def test_a_column_that_the_header_lost_is_told_as_missing() -> None:
    named = tuple(ENTITY.fields)
    before = Earlier("20261120", profile_of(people(), ENTITY, named))
    lost = profile_of(people().with_columns(LXDH=pl.lit("")), ENTITY, tuple(n if n != "LXDH" else "PHONE" for n in named))
    (finding,) = judge(lost, [before], load_limits(), is_snapshot=True)
    assert (finding.check, "LXDH is missing" in finding.cause, "new in it: PHONE" in finding.cause) == ("missing", True, True)


def test_an_increment_of_the_whole_feed_is_told_from_its_first_repetition_on() -> None:
    half = people().with_columns(LXDH=pl.when(every(2)).then(pl.lit("")).otherwise("LXDH"))
    assert "null_share.LXDH" in looks(half, seen(people(), None), is_snapshot=False)
    assert looks(half.head(50), seen(people(), None), is_snapshot=False) == {}


def test_a_day_like_any_other_passes() -> None:
    usual = people()
    changed = usual.with_columns(LXDH=pl.when(pl.col("RYBH").hash() % 9 == 0).then(pl.lit("15499998888")).otherwise("LXDH"))
    assert found(pl.concat([changed.tail(ROWS - 30), people(40, start=ROWS)]), seen(usual)) == []


def test_an_increment_is_measured_by_increments_once_there_are_some() -> None:
    usual = seen(people())
    days = [seen(people(20, start=1000 + 20 * day), None) for day in range(3)]
    assert found(people(60, start=2000), usual, is_snapshot=False) == []
    assert found(people(600, start=2000), *days, usual, is_snapshot=False) == ["volume"]
    assert found(people(90, start=2000), *days, usual, is_snapshot=False) == []


def test_a_part_of_a_snapshot_is_no_increment() -> None:
    """Snapshots in two parts, with small increments between them, pass; a part larger than all that there was does not."""
    before = [seen(people(20, start=3000 + 20 * day), None) for day in range(5)] + [seen(people()), seen(people(start=ROWS))]
    part = profile_of(people(start=ROWS), ENTITY)
    assert judge(part, before, load_limits(), is_snapshot=False, is_part=True) == []
    assert [one.cause for one in look(part, before, is_snapshot=False, is_part=True) if one.cause] == []
    grown = profile_of(people(5 * ROWS), ENTITY)
    assert "volume" in [one.check for one in judge(grown, before, load_limits(), is_snapshot=False, is_part=True)]


def test_a_profile_says_nothing_of_anybody() -> None:
    profile: Profile = profile_of(people(), ENTITY)
    assert "3199991" not in profile.to_json().decode()
    assert set(profile.sample.dtypes) == {pl.UInt64}


def looks(frame: pl.DataFrame, *earlier: Earlier, is_snapshot: bool = True, named: tuple[str, ...] = ()) -> dict[str, Look]:
    """What is unusual, by check and column."""
    found = look(profile_of(frame, ENTITY, named), earlier, is_snapshot=is_snapshot)
    return {".".join(part for part in (one.check, one.column) if part): one for one in found if one.cause}


def days(count: int, named: tuple[str, ...] = ()) -> list[Earlier]:
    """Snapshots of so many days, newest first; every day a few people go and come."""
    frames = [people(ROWS, start=3 * day) for day in range(count)]
    return [Earlier(f"202611{day + 1:02d}", profile_of(frame, ENTITY, named)) for day, frame in reversed(list(enumerate(frames)))]


@cache
def sexed_days(count: int) -> tuple[Earlier, ...]:
    """Snapshots of so many days whose people have a sex, newest first."""
    return tuple(Earlier(f"202611{day + 1:02d}", sexed(count - 1 - day)) for day in reversed(range(count)))


NAMED = tuple(ENTITY.fields)
UNUSUAL: dict[str, tuple[str, Callable[[pl.DataFrame], pl.DataFrame]]] = {
    "a fifth of the telephones blank": (
        "null_share.LXDH",
        lambda frame: frame.with_columns(LXDH=pl.when(every(5)).then(pl.lit("")).otherwise("LXDH")),
    ),
    "a column that was empty is filled": ("null_share.ZXYY", lambda frame: frame.with_columns(ZXYY=pl.lit("1"))),
    "a third of the birth dates in another form": (
        "distribution.CSRQ",
        lambda frame: frame.with_columns(
            CSRQ=pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.lit("甲子年生")).otherwise("CSRQ")
        ),
    ),
    "nearly all of one sex": (
        "distribution.XBDM",
        lambda frame: frame.with_columns(XBDM=pl.when(every(8)).then("XBDM").otherwise(pl.lit("1"))),
    ),
    "half as many rows again": ("volume", lambda frame: pl.concat([frame, people(ROWS // 2, start=5000)])),
    "one in ten keys given to others": (
        "keys",
        lambda frame: pl.concat([frame.slice(40), frame.head(40).with_columns(RYBH=frame.head(40)["RYBH"].reverse())]),
    ),
}


@pytest.mark.parametrize("case", UNUSUAL)
def test_what_is_unusual_is_told_with_its_range_and_history(case: str) -> None:
    check, change = UNUSUAL[case]
    with_sex = sexed_days(6)
    told = looks(change(sexed_frame(20)), *with_sex)
    assert check in told, told
    assert not told[check].least <= told[check].observed <= told[check].most
    assert told[check].history == 6
    assert looks(sexed_frame(20), *with_sex) == {}


@cache
def sexed_frame(start: int) -> pl.DataFrame:
    """People with a sex, both alike."""
    sex = pl.when(pl.col("RYBH").str.slice(-1).cast(pl.Int64) % 2 == 0).then(pl.lit("1")).otherwise(pl.lit("2"))
    return people(ROWS, start=start).with_columns(XBDM=sex)


def sexed(start: int) -> Profile:
    return profile_of(sexed_frame(start), ENTITY)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ((*NAMED, "XXLY"), "column XXLY added"),
        (NAMED[:-2], f"column {NAMED[-2]} missing, column {NAMED[-1]} missing"),
        ((NAMED[1], NAMED[0], *NAMED[2:]), "columns in another order"),
    ],
)
def test_columns_that_come_go_or_move_are_told_once(named: tuple[str, ...], told: str) -> None:
    earlier = days(1, NAMED)
    assert looks(people(ROWS, start=6), *earlier, named=named)["columns"].cause == told
    again = [Earlier("20261102", profile_of(people(), ENTITY, named)), *earlier]
    assert "columns" not in looks(people(), *again, named=named)


def test_fields_of_json_have_no_order_and_may_come_and_go() -> None:
    assert keys_of_lines(b'{"b": 1, "a": 2}\nbroken\n{"a": 1}\n') == keys_of([{"a": 1}, {"b": 2}]) == ("{", "a", "b")
    assert moved(("{", "a"), [("{", "a", "b"), ("{", "a")]) == []
    assert moved(("{", "a", "c"), [("{", "a", "b")]) == ["c added"]
    assert moved(("a", "b"), [("{", "b", "a"), ("a", "b")]) == []


def test_one_strange_delivery_does_not_move_what_is_usual() -> None:
    found = usual([100, 101, 99, 100, 5000], floor=2, deviations=5)
    assert 92 < found.least < 100 < found.most < 108
    assert usual([100, 120, 80, 140, 60], floor=2, deviations=5).most > 200


def test_increments_have_no_range_before_there_are_enough_of_them() -> None:
    first = seen(people(), None)
    few = [seen(people(30, start=1000 + 30 * day), None) for day in range(3)]
    assert looks(people(40, start=2000), *few, first, is_snapshot=False) == {}
    many = [seen(people(30, start=1000 + 30 * day), None) for day in range(5)]
    assert set(looks(people(300, start=2000), *many, first, is_snapshot=False)) == {"volume"}
    assert looks(people(60, start=2000), *many, first, is_snapshot=False) == {}


def test_codes_are_kept_only_where_no_value_is_one_persons() -> None:
    told = sexed(0).codes
    assert set(told) >= {"XBDM"}
    assert not {"XM", "ZJHM", "LXDH", "RYBH"} & set(told) - {"XM"}  # the invented names are few
