"""Hashes found by slots: each where it stands, none that is not there, and whether two are equal."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from identity.ordered import is_each_once
from identity.solution.slots import Slots

# Few first bits, so that many stand aside; and any.
HASHES = st.one_of(st.integers(0, 40), st.integers(0, 7).map(lambda first: first << 61), st.integers(0, 2**64 - 1))


@given(st.lists(HASHES, max_size=60, unique=True), st.lists(HASHES, max_size=60))
def test_each_is_found_where_it_stands(known: list[int], asked: list[int]) -> None:
    slots = Slots(np.array(known, dtype=np.uint64))
    found = slots.find(np.array([*known, *asked], dtype=np.uint64)).tolist()
    assert found == [known.index(one) if one in known else -1 for one in [*known, *asked]]


@given(st.lists(HASHES, max_size=60))
def test_equal_ones_are_noticed(known: list[int]) -> None:
    assert is_each_once(np.array(known, dtype=np.uint64)) == (len(set(known)) == len(known))
