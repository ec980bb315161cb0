"""Samples of what broke a claim: a few, of the rows that break it, and never a whole key."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.compiled.sample import MOST, sample, shortened
from expectations.suite.check import Check


def check(expectation: str, **kwargs: object) -> Check:
    return Check("t.c", "t", expectation, kwargs, "warning", 0.0, "准确性", "o", "zh", "en", "look")


def test_a_sample_names_a_few_rows_that_break_the_claim() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table t as select 'resident-' || i as key, case when i > 3 then i end as age from range(20) as r (i)"
        )
        found = sample(connection, check("expect_column_values_to_not_be_null", column="age"), ["key"], {})
        assert found == ["resi…-0", "resi…-1", "resi…-2"]
        assert len(found) == MOST
        assert sample(connection, check("expect_column_values_to_be_unique", column="key"), ["key"], {}) == []


@settings(max_examples=30)
@given(st.text(min_size=2).filter(lambda key: "…" not in key))
def test_no_key_is_told_whole(key: str) -> None:
    assert key not in shortened(key)
    assert len(shortened(key)) <= 7
