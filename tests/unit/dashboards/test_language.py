"""Every word of the pages has its English, and nobody speaks through another's rerun."""

import ast
import csv
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dashboards.data_file import read_data
from dashboards.services import desk_work, housing, quality
from dashboards.services.freshness import MORNING
from dashboards.services.labels import label
from dashboards.services.language import ENGLISH, say, use_language
from dashboards.services.place import Place
from dashboards.services.text import count, day, duration, period, unit_name
from tests.published_street import AS_OF
from tests.unit.dashboards.conftest import ReaderOf

ROOT = Path(__file__).resolve().parents[3]
CHINESE = re.compile("[\u4e00-\u9fff]")
# Pages whose every word is to be had in English; the words of what they are made of stand in components and services.
PAGES = ("overview", "population", "housing", "welfare", "device", "quality", "catalogue", "report", "returned")
PARTS = (
    "alarms",
    "board",
    "cards",
    "charts",
    "copy_link",
    "device_gaps",
    "failure",
    "filters",
    "fleet_rates",
    "fleets",
    "flows",
    "guard",
)
PARTS += ("map", "markup", "scorecard", "sidebar", "waiting")
SERVICES = ("alarm", "board", "coverage", "definition", "device", "fleet_rate", "flow", "freshness", "housing", "labels", "place")
SERVICES += ("population", "quality", "welfare")
DESK = ("sign_in", "search", "building", "resident", "dwelling", "task_work", "review", "audit")
DESK_PARTS = ("answer", "hand_in", "package", "record", "seat", "take_away")
DESK_SERVICES = ("audit", "desk_work", "floors", "record", "report", "returned", "search")
# Words that are no text of a page: codes of the data, the pieces of a Chinese date, the languages' own names.
NO_TEXT = {"中文", "人", "年月日", "年", "月", "日", "不予合并", "行", "（演示）"}


@pytest.fixture
def english() -> Iterator[None]:
    use_language(ENGLISH)
    yield
    use_language(None)


def asked(path: Path) -> set[str]:
    """Chinese literals of a module without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {node.value for node in literals if id(node) not in told and CHINESE.search(node.value)} - NO_TEXT


def test_every_word_of_the_pages_has_its_english(english: None) -> None:
    parts = {"app_pages": PAGES + DESK, "components": PARTS + DESK_PARTS, "services": SERVICES + DESK_SERVICES}
    texts = {
        text for folder, names in parts.items() for name in names for text in asked(ROOT / "dashboards" / folder / f"{name}.py")
    }
    assert len(texts) > 150
    assert sorted(text for text in texts if say(text) == text) == []


def test_english_keeps_every_blank_that_is_filled_in() -> None:
    blanks = re.compile(r"\{\w*\}")
    words = read_data("labels.en")["text"] | read_data("words.en")["word"] | read_data("data.en")["data"]
    assert [text for text, told in words.items() if sorted(blanks.findall(text)) != sorted(blanks.findall(told))] == []


def test_every_code_that_has_a_chinese_name_has_an_english_one() -> None:
    content = read_data("codes.en")
    chinese = read_data("labels")
    groups = set(chinese) & set(content)
    assert groups >= {"device_type", "alarm", "tenure", "occupancy", "care_tag"}
    assert {
        group: set(chinese[group]) ^ set(content[group]) for group in groups if set(chinese[group]) ^ set(content[group])
    } == {}


def test_numbers_and_times_are_written_as_the_language_does(english: None) -> None:
    assert (label("device_type", "smoke"), unit_name("人"), period("2026-11")) == ("Smoke detector", "people", "2026-11")
    assert (day(AS_OF), duration(26.0), count(None, is_withheld=True)) == ("2026-11-20", "1 d 2 h", "— (below 10)")


def test_another_thread_speaks_its_own_language(english: None) -> None:
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(say("人口")))
    thread.start()
    thread.join()
    assert (say("人口"), heard) == ("Population", ["人口"])


def test_what_is_not_translated_stays_chinese(english: None) -> None:
    assert say("没有人翻译过这句话") == "没有人翻译过这句话"


def test_every_reason_for_one_person_and_every_task_has_its_english(english: None) -> None:
    rules = yaml.safe_load((ROOT / "identity" / "rules" / "link_rules.yaml").read_text(encoding="utf-8"))
    vetoes = yaml.safe_load((ROOT / "identity" / "rules" / "vetoes.yaml").read_text(encoding="utf-8"))
    reasons = [*values_of(rules, "zh"), *vetoes["texts"].values()]
    assert len(reasons) > 25
    with (ROOT / "dbt_project" / "seeds" / "task" / "task_kind.csv").open(encoding="utf-8", newline="") as file:
        kinds = list(csv.DictReader(file))
    texts = [*reasons, *(kind["reason_zh"] for kind in kinds), *(kind["owner_zh"] for kind in kinds)]
    assert sorted({text for text in texts if CHINESE.search(say(text))}) == []
    assert {kind["name_zh"]: say(kind["name_zh"]) for kind in kinds} == {kind["name_zh"]: kind["name_en"] for kind in kinds}


def values_of(told: object, key: str) -> list[str]:
    """Every value under a key, however deep."""
    if isinstance(told, dict):
        return [value for name, inner in told.items() for value in ([inner] if name == key else values_of(inner, key))]
    return [value for inner in told for value in values_of(inner, key)] if isinstance(told, list) else []


@pytest.mark.parametrize(
    ("told", "heard", "is_against"),
    [
        ("姓名与出生日期一致", "Same name and date of birth.", False),
        ("不予合并：性别不符", "Not joined: Sexes differ.", True),
        ("此后出现更强证据：姓名与住处一致", "Stronger evidence since then: Same name and dwelling.", False),
    ],
)
def test_a_reason_is_told_in_english(english: None, told: str, heard: str, *, is_against: bool) -> None:
    assert desk_work._reason(told) == desk_work.Reason(heard, is_against)


def test_names_of_codes_in_frames_speak_the_page_s_language(english: None, reader_of: ReaderOf) -> None:
    homes = housing.load_dwellings(reader_of("leader"), Place())
    checks = quality.load_dimensions(reader_of("leader"))
    shown = [*homes["tenure"], *homes["occupancy"], *housing.across_occupancies(homes).columns, *checks["dimension"]]
    assert len(shown) > 5
    assert [text for text in shown if CHINESE.search(text)] == []


def test_the_pages_know_when_the_street_is_rebuilt() -> None:
    schedule = (ROOT / "orchestration" / "automation" / "schedule.py").read_text(encoding="utf-8")
    assert f'MORNING = "{MORNING.minute} {MORNING.hour} * * *"' in schedule
