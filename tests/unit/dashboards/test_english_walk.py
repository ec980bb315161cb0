"""Every role through every page in English: what is still Chinese then is data, and here it is listed which."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from dashboards.access.person import Person
from dashboards.access.policy import load_policy
from dashboards.components.menu import PAGES, RECORDS
from dashboards.services.language import ENGLISH, use_language
from tests.published_records import KEY
from tests.published_returns import configured
from tests.published_street import ROLES, _tables, write_street
from tests.unit.dashboards.test_pages import signed_in

pytestmark = pytest.mark.slow  # every test draws all pages of a role

CHINESE = re.compile("[\u4e00-\u9fff]+")
USERS = [user for user, told in ROLES.items() if load_policy().role_of(Person(user, user, *told))]
VIEWS = [(name, {}) for name, *_ in (*PAGES, *RECORDS)]
VIEWS += [("device", {"part": part}) for part in ("alarm", "gap", "rate", "flow")]
VIEWS += [("resident", {"resident": "R0"}), ("dwelling", {"dwelling": "D0"}), ("building", {"building": "B-E1"})]
# What is data: what places and buildings are called, where homes are, masked names, and who has the account.
NAMES = {
    "street": ("street_name",),
    "committee": ("committee_name",),
    "estate": ("estate_name",),
    "building": ("building_name",),
    "dwelling": ("address", "part"),
    "resident": ("name_masked",),
    "match_review": ("left_name_masked", "right_name_masked", "left_address", "right_address"),
}
# The languages' own names, which both languages show.
OWN = ("语言 Language", "中文")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with configured(write_street(tmp_path_factory.mktemp("street")), KEY) as home:
        yield home


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """This thread as well: the test bench names the choices itself."""
    use_language(ENGLISH)
    yield
    use_language(None)


@pytest.fixture(scope="module")
def data() -> list[str]:
    """Every Chinese value of those columns, the longest first."""
    tables: dict[str, pl.DataFrame] = _tables(900)
    found = {
        value
        for table, columns in NAMES.items()
        for column in columns
        if column in tables[table]
        for value in tables[table][column]
    }
    return sorted({value for value in found if value and CHINESE.search(value)}, key=len, reverse=True)


def strings(told: object) -> Iterator[str]:
    """Every text of a message, however deep."""
    if isinstance(told, str):
        yield re.sub(r"\\u([0-9a-f]{4})", lambda sign: chr(int(sign[1], 16)), told)
    elif isinstance(told, dict | list):
        for part in told.values() if isinstance(told, dict) else told:
            yield from strings(part)


def sent(node: Any) -> Iterator[str]:
    """Every text that the server sends for a part of the page."""
    if getattr(node, "proto", None) is not None:
        yield from strings(MessageToDict(node.proto))
    for child in getattr(node, "children", {}).values():
        yield from sent(child)


def left(app: AppTest, data: list[str], user: str) -> set[str]:
    """What is Chinese and no data."""
    known = re.compile("|".join(map(re.escape, (*OWN, f"测试{user}", *data))))
    return {word for text in sent(app._tree) for word in CHINESE.findall(known.sub("", text.replace("\\", "")))}


@pytest.mark.parametrize("user", USERS)
def test_in_english_only_data_are_chinese(home: Path, data: list[str], monkeypatch: pytest.MonkeyPatch, user: str) -> None:
    app = signed_in(home, monkeypatch, user)
    app = app.button_group(key="lang").set_value("English").run()
    found: dict[str, list[str]] = {}
    for page, asked in VIEWS:
        app = app.switch_page(f"app_pages/{page}.py")
        for key, value in asked.items():
            app.query_params[key] = value
        app = app.run()
        assert not app.exception, page
        assert not app.error, page
        if words := left(app, data, user):
            found[f"{page} {asked}"] = sorted(words)
    assert json.dumps(found, ensure_ascii=False) == "{}"
