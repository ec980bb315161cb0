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
from dashboards.services.labels import dataset_name, label
from dashboards.services.language import ENGLISH, retell, say, use_language
from dashboards.services.place import Place
from dashboards.services.text import count, day, duration, period, unit_name
from tests.published_street import AS_OF
from tests.unit.dashboards.conftest import ReaderOf

ROOT = Path(__file__).resolve().parents[3]
CHINESE = re.compile("[\u4e00-\u9fff]")
# Words that are no text of a page: codes of the data, pieces of a date, the languages' own names, the frame before any page,
# and the kinds before the code of a place without a name, which services/place.py tells.
NO_TEXT = {"[一-鿿]", "人", "年月日", "年", "月", "日", "不予合并", "行", "全部", "（演示）", "中文", "语言 Language"}
NO_TEXT |= {"<p>请在浏览器中启用 JavaScript。</p>", "<title>一档</title>", "街道 {}", "居委 {}", "小区 {}"}


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
    texts = {text for path in (ROOT / "dashboards").rglob("*.py") for text in asked(path)}
    assert len(texts) > 500
    assert sorted(text for text in texts if say(text) == text) == []


def test_english_keeps_every_blank_that_is_filled_in() -> None:
    blanks = re.compile(r"\{\w*\}")
    words = read_data("labels.en")["text"] | read_data("words.en")["word"] | read_data("data.en")["data"]
    words |= read_data("data.en")["phrase"]
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


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "dbt_project" / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_phrase_of_evidence_has_the_english_of_its_seed(english: None) -> None:
    pairs = {row["said_zh"]: row["said_en"] for row in seed("task/evidence_label")}
    pairs |= {row["reason_zh"]: row["reason_en"] for row in seed("task/crowding_rule")}
    pairs |= {row["label_zh"]: row["label_en"] for row in seed("tag/tag_catalogue")}
    assert {chinese: retell(chinese) for chinese in pairs} == pairs


@pytest.mark.parametrize(
    ("evidence", "heard"),
    [
        ("门磁 DEV-1，最近一次开门 2026-11-20 13 时", "door sensor DEV-1, last opened 2026-11-20 at 13 h"),
        ("门磁 DEV-1，近 28 天没有开门记录", "door sensor DEV-1, no opening on record for 28 days"),
        ("独居老人（derived.household H-1，2020-04-02 起）", "elder living alone (derived.household H-1, from 2020-04-02)"),
        ("police.BZDZ B1；从无居住记录", "police.BZDZ B1; never a stay on record"),
        (
            "人均建筑面积低于规定线：8.5 m²，6 人，在住记录 6 人，互无亲属关系 4 人；房管租赁备案 2 份，登记 5 人",
            "too little floor area per person: 8.5 m², 6 people, 6 people on record, 4 unrelated; "
            "2 leases of the housing bureau, 5 people in the lease",
        ),
    ],
)
def test_the_evidence_of_a_task_is_told_in_english(english: None, evidence: str, heard: str) -> None:
    assert retell(evidence) == heard


def test_no_literal_of_evidence_is_left_out(english: None) -> None:
    models = (ROOT / "dbt_project" / "models" / "intermediate" / "task").glob("int_*__suspected.sql")
    texts = [
        text for path in models for text in re.findall(r"'([^'\n]*[\u4e00-\u9fff][^'\n]*)'", path.read_text(encoding="utf-8"))
    ]
    known = "".join(read_data("data.en")["phrase"])
    pieces = {piece for text in texts for piece in re.findall("[\u4e00-\u9fff]+", text)}
    assert len(pieces) > 15
    assert sorted(piece for piece in pieces if piece not in known) == []


def test_what_goes_back_is_told_in_english(english: None) -> None:
    catalogue = yaml.safe_load((ROOT / "returns" / "package" / "catalogue.yaml").read_text(encoding="utf-8"))
    receivers = yaml.safe_load((ROOT / "returns" / "receivers.yaml").read_text(encoding="utf-8"))
    items = catalogue["items"].values()
    texts = [*catalogue["basis"].values(), *(item["name"] for item in items), *values_of(receivers, "name")]
    texts += [field for item in items for field in item["fields"].values()]
    assert len(texts) > 60
    assert sorted({text for text in texts if CHINESE.search(say(text))}) == []


def test_every_unit_and_published_table_has_its_english(english: None) -> None:
    units = {row["unit"] for row in seed("indicator/indicator_formula")}
    assert sorted(unit for unit in units if CHINESE.search(unit_name(unit))) == []
    assert [table for table in read_data("labels")["table"] if CHINESE.search(dataset_name(table))] == []
