"""Every published table has a suite of real Great Expectations objects; a wrong suite file is refused by name."""

import pytest
import yaml

from expectations.compiled.judge import allowed
from expectations.report import SCHEMA
from expectations.suite.column_names import made_tables
from expectations.suite.gx_suite import gx_suite
from expectations.suite.load import SUITES, SuiteError, load_suite, load_suites

PROMISED = set(
    """resident resident_vault resident_source resident_forward resident_tag resident_provenance dwelling dwelling_source
    address_resolution building estate committee street residence tenure_claim household device device_day alarm indicator
    indicator_definition quality_result quality_issue task match_review source_batch change
    tag_definition entitlement evacuation_need""".split()  # noqa: SIM905 - a list of words
)
GOOD = yaml.safe_load((SUITES / "street.yaml").read_text(encoding="utf-8"))


def test_every_promised_table_has_a_suite_that_holds_its_grain_and_columns():
    suites = load_suites()
    assert set(suites) >= PROMISED
    for table, suite in suites.items():
        codes = {check.code for check in suite.checks}
        assert {f"{table}.columns", f"{table}.grain"} <= codes
        assert all(check.severity == "critical" for check in suite.checks if check.code in {f"{table}.columns", f"{table}.grain"})


def test_codes_are_unique_and_every_check_tells_people_what_they_need():
    checks = [check for suite in load_suites().values() for check in suite.checks]
    assert len({check.code for check in checks}) == len(checks)
    for check in checks:
        assert check.owner
        assert check.debug_step
        assert any("\u4e00" <= sign <= "\u9fff" for sign in check.claim_zh), check.code
        assert check.claim_en.isascii() or check.claim_en


@pytest.mark.slow  # Great Expectations takes seconds to import
def test_every_suite_is_a_great_expectations_suite():
    for table, suite in load_suites().items():
        real = gx_suite(suite)
        assert real.name == table
        by_code = {check.code: check for check in suite.checks}
        for expectation in real.expectations:
            check = by_code[expectation.meta["code"]]
            assert expectation.expectation_type == check.expectation
            assert expectation.severity == check.severity
            assert expectation.meta["claim_zh"] == check.claim_zh


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": 1}, "street.yaml: colour: Extra inputs"),
        ({"table": "road"}, "table is 'road'; expected 'street'"),
        ({"must": {"formats": {"street_code": "^[0-9]+$"}}}, "is ambiguous"),
        ({"must": {"formats": {"street_code": r"\d"}}}, "is ambiguous"),
        ({"must": {"required": ["street_code"]}}, "two checks have the code street.required.street_code"),
        ({"grain": []}, "street.yaml: grain: List should have at least 1 item"),
    ],
)
def test_a_wrong_suite_is_refused_by_name(tmp_path, change, message):
    path = tmp_path / "street.yaml"
    path.write_text(yaml.safe_dump(GOOD | change, allow_unicode=True), encoding="utf-8")
    with pytest.raises(SuiteError) as caught:
        load_suite(path)
    assert message in str(caught.value)


def test_an_empty_folder_is_no_suite(tmp_path):
    with pytest.raises(SuiteError, match="no suite is there"):
        load_suites(tmp_path)


@pytest.mark.parametrize(
    ("checked", "tolerance", "rows"), [(0, 0.1, 0), (10, 0.0, 0), (10, 0.1, 1), (3, 1 / 3, 0), (9, 0.25, 2), (7, 0.5, 3)]
)
def test_the_rows_that_may_break_a_claim(checked, tolerance, rows):
    assert allowed(checked, tolerance) == rows


def test_claims_name_their_columns_in_chinese_too():
    claims = {check.code: check.claim_zh for suite in load_suites().values() for check in suite.checks}
    parts = "loaded_rows（入库行数） + rejected_rows（退回行数） + deduplicated_rows（去重行数）"
    assert claims["source_batch.parts.read_rows"] == f"已接收批次及行数去向（source_batch） 每行 read_rows（读取行数） = {parts}"
    assert claims["resident.required.resident_id"].endswith("（resident） 的 resident_id（居民编号） 必有值")
    assert claims["quality_score.ranges.score"].startswith("质量评分（quality_score） 的 score（得分） 在 ")
    short = [
        code for code, claim in claims.items() if code.split(".")[1] in {"required", "codes", "ranges"} and "（" not in claim
    ]
    assert short == []


def test_tables_that_python_makes_are_described_like_models():
    suites = load_suites()
    assert set(made_tables()) == {name for name, suite in suites.items() if suite.file or suite.is_published_later}
    for name, table in made_tables().items():
        promised = next(check for check in suites[name].checks if check.code == f"{name}.columns").kwargs["column_set"]
        assert list(table["columns"]) == promised, name
        for told in (table, *table["columns"].values()):
            english, _, chinese = told["description"].partition(" / ")
            assert english.isascii() or "÷" in english or "×" in english, told
            assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese), told
        for column in table["columns"].values():
            assert column["data_type"]
            assert column["meta"]["unit"]
            assert column["meta"]["source"]
            assert column["meta"]["sensitivity"] in {"public", "internal", "personal", "sensitive"}
    assert list(made_tables()["quality_result"]["columns"]) == list(SCHEMA)
