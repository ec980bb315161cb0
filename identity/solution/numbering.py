"""Records with what tells them apart from one run to the next: a hash of the ref, and a digest of all that they say.

Not here: what a difference leads to (identity/solution/again.py).
"""

import polars as pl

from identity.frames import RECORD, REF, conform
from identity.ordered import is_each_once
from identity.solution.rows import is_among
from identity.solution.slots import Slots

_REF_SEED, _SAID_SEED = 1, 2


def digested(records: pl.DataFrame) -> pl.DataFrame:
    """Records that have a whole ref, each ref once, in the columns of RECORD, with `ref` (hash of the ref) and `digest`.

    Equal content, equal digest. A ref that comes twice (it should not) is decided by its content, so that the outcome does not
    hang on row order.
    """
    frame = conform(records, RECORD)
    if sum(frame.select(pl.col(REF).null_count()).row(0)):
        frame = frame.drop_nulls(list(REF))
    frame = frame.with_columns(hashed_refs(frame), frame.hash_rows(_SAID_SEED).alias("digest"))
    if is_each_once(frame["ref"].to_numpy()):
        return frame
    return frame.sort(*REF, "digest").unique(list(REF), keep="first", maintain_order=True)


def hashed_refs(frame: pl.DataFrame) -> pl.Series:
    """`ref`: a hash of each row's ref."""
    return frame.select(*REF).hash_rows(_REF_SEED).alias("ref")


def with_numbers(records: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Records with the `no` that they bear among the members, and their `last_digest`; new ones get new numbers, by ref."""
    places = Slots(members["ref"].to_numpy()).find(records["ref"].to_numpy())
    is_new, where = pl.Series(places < 0, dtype=pl.Boolean), pl.Series(places)
    known = members.select(pl.col("no", "digest").gather(where.set(is_new, None)))
    fresh = is_new.arg_true().gather(records.select(REF).filter(is_new).select(pl.arg_sort_by(REF)).to_series())
    first = int(members["no"].max() or 0) + 1  # type: ignore[arg-type]
    numbers = pl.int_range(first, first + fresh.len(), dtype=pl.UInt32, eager=True)
    return records.with_columns(known["no"].scatter(fresh, numbers), known["digest"].alias("last_digest"))


def is_mistaken(told: pl.DataFrame, members: pl.DataFrame) -> bool:
    """Whether two refs of one hash were taken for one, among records that say something else than before (`told`)."""
    changed = told.filter(pl.col("last_digest").is_not_null()).select("no", *REF)
    asked = members.select("no", *REF).filter(pl.Series(is_among(members["no"], changed["no"]), dtype=pl.Boolean))
    return changed.join(asked, ["no", *REF], "semi").height != changed.height
