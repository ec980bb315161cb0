"""How figures are written."""

from datetime import UTC, date, datetime

import pytest

from dashboards.services import text
from dashboards.services.labels import label


@pytest.mark.parametrize(
    ("value", "unit", "is_withheld", "expected"),
    [
        (1234567.0, "人", False, "1,234,567"),
        (2.345, "人/户", False, "2.3"),
        (36.149, "%", False, "36.1%"),
        (0.0, "%", False, "0.0%"),
        (None, "人", False, "—"),
        (None, "%", True, "—（少于10）"),
        (7.0, "人", True, "—（少于10）"),
    ],
)
def test_measured(value: float | None, unit: str, is_withheld: bool, expected: str) -> None:
    assert text.measured(value, unit, is_withheld=is_withheld) == expected


@pytest.mark.parametrize(
    ("hours", "expected"), [(None, "—"), (0.2, "12分"), (5.5, "5小时30分"), (24.0, "1天"), (76.0, "3天4小时")]
)
def test_duration(hours: float | None, expected: str) -> None:
    assert text.duration(hours) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("2026-11", "2026年11月"), ("2026-11-20", "2026年11月20日"), ("2026", "2026年"), ("now", "now")]
)
def test_period(value: str, expected: str) -> None:
    assert text.period(value) == expected


def test_times_are_those_of_the_street() -> None:
    late = datetime(2026, 11, 20, 22, 30)  # noqa: DTZ001 - the tables hold UTC without a zone
    assert text.moment(late) == text.moment(late.replace(tzinfo=UTC)) == "2026-11-21 06:30"
    assert text.moment(date(2026, 11, 20)) == "2026-11-20"
    assert text.moment(None) == text.day(None) == "—"
    assert text.day(date(2026, 1, 5)) == "2026年1月5日"


def test_shares_and_counts() -> None:
    assert text.percent(0.98765) == "98.8%"
    assert text.percent(None) == "—"
    assert text.count(12345) == "12,345"
    assert text.count(None, is_withheld=True) == text.WITHHELD
    assert text.count(20, is_withheld=True) == "20"


def test_a_code_without_a_name_is_shown_as_it_is() -> None:
    assert label("source", "police") == "公安"
    assert label("source", "water") == "water"
    assert label("tenure", None) == "未知"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("东海市云洲区澄江路街道抚云新苑1幢1单元903室", "抚云新苑1幢1单元903室"),
        ("东海市云洲区梧城镇小镇路12弄3号502室", "小镇路12弄3号502室"),
        ("云洲县双杨乡东风村8号", "东风村8号"),
        ("东海市云洲区澄江二村1号402室", "澄江二村1号402室"),
        ("小镇路12弄3号", "小镇路12弄3号"),
        ("市区路1号", "市区路1号"),
        ("澄江路街道", "澄江路街道"),
        ("", ""),
    ],
)
def test_an_address_is_said_from_the_road_or_the_estate_on(address: str, said: str) -> None:
    assert text.on_the_spot(address) == said
