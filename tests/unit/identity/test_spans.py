"""Keys by their spans: each with its rows, none that nobody tells."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from identity.ordered import runs
from identity.solution.spans import spans_of

# Many with one beginning, the outermost ones, and any.
KEYS = st.one_of(st.integers(0, 40), st.integers(2**64 - 40, 2**64 - 1), st.integers(0, 2**64 - 1))


@given(st.lists(KEYS, max_size=80), st.lists(KEYS, max_size=40, unique=True))
def test_each_key_is_found_with_its_rows(told: list[int], others: list[int]) -> None:
    keys = np.sort(np.array(told, dtype=np.uint64))
    asked = np.array(list(dict.fromkeys([*told, *others])), dtype=np.uint64)
    first, count, is_told = spans_of(keys).rows_of(asked)
    assert asked[is_told].tolist() == [key for key in asked.tolist() if key in told]
    assert keys[runs(first, count)].tolist() == np.repeat(asked[is_told], count).tolist()
    assert sorted(runs(first, count).tolist()) == list(range(len(told)))
