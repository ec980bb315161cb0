"""What is compared in columns of numbers comes out as what is compared as text, one by one."""

import random
from datetime import date
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.cluster.profile import contradictions
from identity.cluster.profiles import build_profiles, doubtful_components
from identity.evidence.coded import CODED, RID, coded, coded_dates, plain, together, told_once
from identity.evidence.numbers import count_wrong_digits, fit_masks, fits_mask, wrong_digits
from identity.evidence.ownership import settle_ownership
from identity.evidence.records import prepare_records
from identity.evidence.unconfirmed import demote_unconfirmed
from identity.frames import REF
from identity.link.nodes import Nodes, build_nodes
from identity.rules.rule_book import load_rule_book
from identity.solution.numbering import digested
from tests.unit.identity.invented import frame
from tests.unit.identity.street import make_street

FEW = settings(max_examples=40, deadline=None)
TEXTS = st.lists(st.one_of(st.none(), st.text("王伟12*X", max_size=4)), max_size=12)
NUMBERS = st.text("12*X", min_size=3, max_size=6)


def one_slip(number: str, place: int) -> str:
    """The number with two neighbours in each other's place, one sign lost, or one sign wrong."""
    at = place % (len(number) - 1)
    return (
        number[:at] + number[at + 1] + number[at] + number[at + 2 :],
        number[:at] + number[at + 1 :],
        number[:at] + "3" + number[at + 1 :],
        number,
    )[place % 4]


@FEW
@given(TEXTS)
def test_coded_text_is_the_same_text_again(values: list[str | None]) -> None:
    told = pl.DataFrame({"value": values}, schema={"value": pl.String})
    assert coded(told)["value"].dtype == CODED
    assert plain(coded(told)).equals(told)


@FEW
@given(st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), st.text("王伟", max_size=2)))))
def test_each_statement_stands_once_by_node(rows: list[tuple[int, str | None]]) -> None:
    told = told_once(pl.DataFrame(rows, schema={"node": RID, "value": CODED}, orient="row"))
    assert told["node"].is_sorted()
    assert sorted(plain(told).rows()) == sorted({(node, value) for node, value in rows if value is not None})


@FEW
@given(st.lists(st.tuples(st.text("王伟", max_size=2), st.dates()), min_size=2, max_size=8))
def test_two_columns_are_one_number_only_where_both_are_equal(rows: list[tuple[str, date]]) -> None:
    told = pl.DataFrame(rows, schema={"name": CODED, "birth": pl.Date}, orient="row")
    numbers = told.select(together("name", "birth")).to_series().to_list()
    for (left, one), (right, other) in combinations(zip(rows, numbers, strict=True), 2):
        assert (left == right) == (one == other)


@FEW
@given(st.lists(st.one_of(st.none(), st.dates(min_value=date(1900, 1, 1))), max_size=8))
def test_dates_are_coded_as_they_are_written(dates: list[date | None]) -> None:
    told = pl.DataFrame({"value": dates}, schema={"value": pl.Date})
    assert plain(coded_dates(told))["value"].to_list() == [day and day.isoformat() for day in dates]


@FEW
@given(st.lists(st.tuples(NUMBERS, st.one_of(NUMBERS, st.integers(0, 19))), max_size=20))
def test_numbers_are_compared_in_columns_as_one_by_one(rows: list[tuple[str, str | int]]) -> None:
    pairs = [(left, right if isinstance(right, str) else one_slip(left, right)) for left, right in rows]
    left, right = (pl.Series([pair[side] for pair in pairs], dtype=pl.String) for side in (0, 1))
    assert count_wrong_digits(left, right).to_list() == [wrong_digits(*pair) for pair in pairs]
    assert fit_masks(left, right).to_list() == [fits_mask(*pair) for pair in pairs]


def nodes_of(seed: int) -> Nodes:
    """The nodes of an invented street."""
    book = load_rule_book()
    records = digested(frame(make_street(seed))).sort(*REF)
    return build_nodes(demote_unconfirmed(settle_ownership(prepare_records(records, book), book).records), [], book)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_doubtful_are_the_components_in_which_two_nodes_contradict(seed: int) -> None:
    nodes, chance, book = nodes_of(seed), random.Random(seed), load_rule_book()  # noqa: S311 - invented data
    names = nodes.members["node"].unique().sort()
    labels = pl.DataFrame({"node": names}).with_columns(
        label=pl.Series([chance.randrange(names.len() // 2) for _ in names], dtype=RID)
    )
    profiles = build_profiles(labels, nodes, {})
    expected = {
        label
        for (label,), group in labels.group_by("label")
        if any(
            contradictions(profiles[left], profiles[right], book.vetoes)
            for left, right in combinations(group["node"].to_list(), 2)
        )
    }
    assert set(doubtful_components(labels, nodes, {}, book.vetoes).to_list()) == expected
    assert 0 < len(expected) < labels["label"].n_unique()
