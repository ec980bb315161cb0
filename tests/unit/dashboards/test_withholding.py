"""No small count comes through, and none can be had by taking the others from the total."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from dashboards.repositories.withholding import withhold

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=12)


@given(COUNTS)
def test_what_is_left_is_nought_or_large_and_true(counts: list[int]) -> None:
    shown = withhold(pl.DataFrame({"n": counts}), ("n",), 10)["n"].to_list()
    assert all(after is None or (after == before and not 0 < after < 10) for before, after in zip(counts, shown, strict=True))


@given(COUNTS)
def test_one_gap_alone_is_never_left_beside_large_ones(counts: list[int]) -> None:
    shown = withhold(pl.DataFrame({"n": counts}), ("n",), 10)["n"]
    assert shown.null_count() != 1 or not any(count >= 10 for count in counts)


def test_rows_with_a_gap_say_so_and_zero_below_changes_nothing() -> None:
    frame = pl.DataFrame({"n": [3, 0, 50], "m": [30, 40, 50]})
    assert withhold(frame, ("n", "m"), 10)["is_withheld"].to_list() == [True, False, True]
    assert withhold(frame, ("n",), 0).drop("is_withheld").equals(frame)
