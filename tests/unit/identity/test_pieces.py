"""Frames kept in pieces are the same frames when they are put together, however many days they change."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.solution.pieces import put_together, taken_apart

ROWS = st.dictionaries(st.integers(0, 30), st.integers(0, 3), max_size=20)
DAYS = st.lists(ROWS, min_size=1, max_size=5)


def frames_of(rows: dict[int, int]) -> dict[str, pl.DataFrame]:
    """A solution's frames, as far as they are kept in pieces: members in the order of what they say."""
    members = pl.DataFrame({"no": list(rows), "said": list(rows.values())}, schema={"no": pl.UInt32, "said": pl.Int64})
    tokens = members.select(cluster="no", token=pl.col("said").cast(pl.String)).sort("token", "cluster")
    return {"members": members.sort("said", "no"), "tokens": tokens, "placed": members.sort("no"), "other": members}


def _ids(count: int) -> pl.DataFrame:
    return pl.DataFrame({"entity_id": [f"R{place}" for place in range(count)]}, schema={"entity_id": pl.String})


@settings(max_examples=25, deadline=None)
@given(DAYS)
def test_pieces_are_the_frame(days: list[dict[int, int]]) -> None:
    given_ids = [_ids(day) for day in range(len(days))]
    kept = frames_of(days[0]) | {"given": given_ids[0]}
    for before, now, ids in zip(days, days[1:], given_ids[1:], strict=False):
        changed = pl.Series([no for no in now if before.get(no) != now[no]], dtype=pl.UInt32)
        read = kept
        kept = taken_apart(frames_of(now) | {"given": ids}, read, dict.fromkeys(("members", "tokens", "placed"), changed))
        assert all(kept[name] is read[name] for name in ("members", "tokens", "placed", "given")), (
            "the base stays as it was written"
        )
        found = put_together(kept)
        for name, frame in (frames_of(now) | {"given": ids}).items():
            assert found[name].equals(frame), name


def test_a_frame_of_which_all_may_have_changed_is_one_piece() -> None:
    frames = frames_of({1: 2}) | {"given": _ids(1)}
    assert taken_apart(frames, frames_of({3: 4}), None) == frames
