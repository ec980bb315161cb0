"""The compiled scan gives the verdicts and counts that Great Expectations gives on the same rows through pandas.

The library takes seconds to import, so it is imported where it is used: the fast tests only collect this file.
"""

from datetime import date, datetime

import duckdb
import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from expectations.compiled.judge import judge
from expectations.compiled.measure import measure
from expectations.compiled.statement import COMPILABLE
from expectations.suite.check import COLUMNS_PRESENT, REFERENCE, ROW_COUNT, Check, Suite
from expectations.suite.expand import PARTS_ADD_UP
from expectations.suite.gx_suite import gx_expectation
from expectations.suite.load import load_suites

pytestmark = pytest.mark.slow
EITHER = {"ignore_row_if": "either_value_is_missing"}
BOTH = {"ignore_row_if": "both_values_are_missing"}
CASES = [
    ("expect_column_values_to_not_be_null", {"column": "text"}),
    ("expect_column_values_to_be_unique", {"column": "text"}),
    ("expect_column_values_to_be_unique", {"column": "whole"}),
    ("expect_compound_columns_to_be_unique", {"column_list": ["text", "whole"]}),
    ("expect_column_values_to_be_in_set", {"column": "text", "value_set": ["a", "张", "o'b"]}),
    ("expect_column_values_to_be_in_set", {"column": "whole", "value_set": [0, 1, 2]}),
    ("expect_column_values_to_match_regex", {"column": "text", "regex": r"^[a-z0-9]{1,2}\Z"}),
    ("expect_column_values_to_match_regex", {"column": "text", "regex": "[0-9]{2}"}),
    ("expect_column_values_to_not_match_regex", {"column": "text", "regex": r"^[^*]{2,}\Z"}),
    ("expect_column_values_to_be_between", {"column": "whole", "min_value": 0, "max_value": 2}),
    ("expect_column_values_to_be_between", {"column": "whole", "min_value": 0, "strict_min": True}),
    ("expect_column_values_to_be_between", {"column": "share", "max_value": 0.5, "strict_max": True}),
    ("expect_column_values_to_be_between", {"column": "day", "max_value": {"$PARAMETER": "today"}}),
    ("expect_column_values_to_be_between", {"column": "moment", "max_value": {"$PARAMETER": "now"}}),
    (ROW_COUNT, {"min_value": 2, "max_value": 5}),
    (COLUMNS_PRESENT, {"column_set": ["text", "whole"], "exact_match": False}),
    (COLUMNS_PRESENT, {"column_set": ["text", "absent"], "exact_match": False}),
    ("expect_column_pair_values_to_be_equal", {"column_A": "whole", "column_B": "other", **EITHER}),
    ("expect_column_pair_values_to_be_equal", {"column_A": "whole", "column_B": "other", **BOTH}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "whole", "column_B": "other", "or_equal": True, **EITHER}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "whole", "column_B": "other", **BOTH}),
    ("expect_column_pair_values_a_to_be_greater_than_b", {"column_A": "moment", "column_B": "day", "or_equal": True, **EITHER}),
    (PARTS_ADD_UP, {"column_list": ["whole", "other", "third"]}),
]
PARAMETERS = {"today": datetime(2026, 6, 1), "now": datetime(2026, 6, 1, 12)}  # noqa: DTZ001 - the tables hold UTC without a zone
SMALL = st.integers(-1, 3) | st.none()
ROW = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["a", "b", "ab", "张", "张三", "张*", "o'b", "12", "a\n", "", None]),
        "whole": SMALL,
        "other": SMALL,
        "third": SMALL,
        "share": st.sampled_from([0.0, 0.25, 0.5, 1.5, None]),
        "day": st.dates(date(2026, 5, 30), date(2026, 6, 3)) | st.none(),
        "moment": st.datetimes(datetime(2026, 5, 30), datetime(2026, 6, 3)) | st.none(),  # noqa: DTZ001 - as above
    }
)
DDL = "create table sample (text varchar, whole bigint, other bigint, third bigint, share double, day date, moment timestamp)"
COLUMNS = ("text", "whole", "other", "third", "share", "day", "moment")
QUIET = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def make_check(expectation, kwargs, tolerance=0.0, code="sample.it"):
    tolerance = 0.0 if expectation in {ROW_COUNT, COLUMNS_PRESENT} else tolerance
    return Check(code, "sample", expectation, kwargs, "critical", tolerance, "准确性", "o", "断言", "claim", "look")


@pytest.fixture(scope="module")
def plain_gx():
    import great_expectations as gx  # noqa: PLC0415 - seconds
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415 - seconds

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context.data_sources.add_pandas("plain").add_dataframe_asset("plain").add_batch_definition_whole_dataframe("all")


def table_of(rows):
    connection = duckdb.connect()
    connection.execute(DDL)
    connection.execute("set threads = 1")
    if rows:
        connection.executemany(
            "insert into sample values (?, ?, ?, ?, ?, ?, ?)", [[row.get(name) for name in COLUMNS] for row in rows]
        )
    return connection


def frame_of(connection):
    """The table in pandas; whole numbers as floats, since Great Expectations cannot compare a column of objects with None."""
    return connection.table("sample").df().astype(dict.fromkeys(("whole", "other", "third"), "float64"))


def test_every_compilable_type_is_proven():
    assert {expectation for expectation, _ in CASES} | {REFERENCE} == set(COMPILABLE)


def test_every_type_of_the_suites_is_compilable():
    assert {check.expectation for suite in load_suites().values() for check in suite.checks} <= set(COMPILABLE)


@QUIET
@given(rows=st.lists(ROW, max_size=8), tolerance=st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5]))
def test_counts_and_verdicts(plain_gx, rows, tolerance):
    import great_expectations as gx  # noqa: PLC0415 - seconds

    checks = tuple(make_check(*case, tolerance=tolerance, code=f"sample.{n}") for n, case in enumerate(CASES))
    with table_of(rows) as connection:
        measured = measure(connection, Suite("sample", ("text",), checks), PARAMETERS)
        frame = frame_of(connection)
    suite = gx.ExpectationSuite(name="plain", expectations=[gx_expectation(check) for check in checks])
    answers = plain_gx.get_batch({"dataframe": frame}).validate(suite, result_format="BASIC", expectation_parameters=PARAMETERS)
    plain = {answer.expectation_config.meta["code"]: answer for answer in answers.results}
    assert [found.problem for found in measured] == [None] * len(CASES)
    assert not [answer.exception_info for answer in plain.values() if "'raised_exception': True" in str(answer.exception_info)]
    assert judge(measured) == {code: answer.success for code, answer in plain.items()}
    for found in measured:
        result = plain[found.check.code].result
        if "unexpected_count" in result:
            assert (found.check.expectation, found.unexpected) == (found.check.expectation, result["unexpected_count"])
            assert found.checked == result["element_count"] - result.get("missing_count", 0)


@QUIET
@given(keys=st.lists(SMALL, max_size=6), others=st.lists(st.integers(-1, 3), min_size=1, max_size=3))
def test_a_reference_is_what_gx_calls_a_set(plain_gx, keys, others):
    check = make_check(REFERENCE, {"column_list": ["whole"], "other_table": "elsewhere", "other_columns": ["id"]})
    with table_of([{"whole": key} for key in keys]) as connection:
        connection.execute("create table elsewhere (id bigint)")
        connection.executemany("insert into elsewhere values (?)", [[key] for key in others])
        (found,) = measure(connection, Suite("sample", ("text",), (check,)), {})
        frame = frame_of(connection)
    in_set = make_check("expect_column_values_to_be_in_set", {"column": "whole", "value_set": others})
    answer = plain_gx.get_batch({"dataframe": frame}).validate(gx_expectation(in_set), result_format="BASIC")
    assert judge([found]) == {check.code: answer.success}
    assert found.unexpected == answer.result["unexpected_count"]
