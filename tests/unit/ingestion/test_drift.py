"""Deliveries beside those before them: what is usual passes, what is strange is named, nothing is held without a history."""

from collections.abc import Callable

import polars as pl
import pytest

from ingestion.contracts.loader import load_contract
from ingestion.demo.chance import dice
from ingestion.drift.history import Earlier
from ingestion.drift.judge import judge
from ingestion.drift.limits import load_limits
from ingestion.drift.profile import Profile, profile_of

ENTITY = load_contract("police").entity("SYRK")
ROWS = 400


def people(count: int = ROWS, start: int = 0) -> pl.DataFrame:
    """Registered people, every one of them another; one in three without a telephone."""
    chance = dice(start, "people")
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
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(ENTITY.fields, pl.String))


def seen(frame: pl.DataFrame, snapshot: str | None = "20261120") -> Earlier:
    return Earlier(snapshot, profile_of(frame, ENTITY))


def found(frame: pl.DataFrame, *earlier: Earlier, is_snapshot: bool = True) -> list[str]:
    return [finding.check for finding in judge(profile_of(frame, ENTITY), earlier, load_limits(), is_snapshot=is_snapshot)]


def renamed(frame: pl.DataFrame, one: str, other: str) -> pl.DataFrame:
    return frame.rename({one: other, other: one}).select(frame.columns)


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


def test_a_profile_says_nothing_of_anybody() -> None:
    profile: Profile = profile_of(people(), ENTITY)
    assert "3199991" not in profile.to_json().decode()
    assert set(profile.sample.dtypes) == {pl.UInt64}
