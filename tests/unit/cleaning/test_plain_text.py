"""Tidy text: what is tidy already is left alone, and comes out as it would have come the long way."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.cleaning.fields.text import plain_texts
from ingestion.cleaning.text.tidy import compact, is_nothing, normal

SAID = ["DV0000017", "'NULL", " n/a ", "0", "无", "未填写"]
TEXTS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.from_regex(r"\A[ -~]{0,12}\Z"),
    st.sampled_from(SAID),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=8))
def test_the_quick_way_is_the_long_way(values: list[str | None]) -> None:
    text = pl.Series("text", values, dtype=pl.String)
    long = pl.when(~is_nothing(compact(pl.col("text")), has_answers=False)).then(normal(pl.col("text")))
    assert plain_texts(text).to_list() == text.to_frame().select(long).to_series().to_list()
