"""Refs by which identity knows the records of a key that passed on: each holder has one of its own.

So a verdict, an identifier or a forward of the one before binds nobody who comes after, in every step and in the log alike.
Not here: who holds a key (identity/holder/holders.py).
"""

import polars as pl

from identity.frames import REF

Ref = tuple[str, str, str]
SIGN = "\x1e"  # stands in no key of a source, and before every sign that does
_SIDES = ("source", "left", "right")


def held_key(key: str, count: int) -> str:
    """What a holder of a key is called; the first bears the source's own."""
    return f"{key}{SIGN}{count}" if count else key


def holders_now(passed: pl.DataFrame) -> pl.DataFrame:
    """Who holds each of these keys now: ref, `holder`, each once; who went on to another place on a list holds that alone.

    Args:
        passed: All versions by which keys passed on (columns of HOLDER).
    """
    ordered = passed.sort("told_at", "sequence", "line", nulls_last=False)
    newest = ordered.unique(list(REF), keep="last", maintain_order=True)
    newest = newest.unique(["source_system", "source_entity", "holder"], keep="last", maintain_order=True)
    return newest.select(*REF, "holder").sort(*REF)


def with_holders(records: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Records under the refs of those who hold them now (`holders_now`)."""
    return _exchanged(records, now, "source", "source_key", "holder")


def without_holders(frame: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The same frame with the sources' own keys, on every side of a pair; records by ref, as they were."""
    for side in _SIDES:
        if f"{side}_key" in frame.columns:
            frame = _exchanged(frame, now, side, "holder", "source_key")
    return frame if now.is_empty() or "source_key" not in frame.columns else frame.sort(*REF)


def _exchanged(frame: pl.DataFrame, now: pl.DataFrame, side: str, told: str, wanted: str) -> pl.DataFrame:
    """The frame with one name of a key in place of the other; all other keys as they are."""
    if now.is_empty():
        return frame
    ref = [name.replace("source", side) for name in REF]
    names = dict(zip(("source_system", "source_entity", told), ref, strict=True))
    other = now.select(pl.col(name).alias(as_name) for name, as_name in names.items()).with_columns(now[wanted].alias("_wanted"))
    joined = frame.join(other, ref, "left", maintain_order="left")
    return joined.with_columns(pl.coalesce("_wanted", ref[2]).alias(ref[2])).drop("_wanted")


def keys_of(refs: frozenset[Ref], passed: pl.DataFrame) -> frozenset[Ref]:
    """The keys that these holders have now: those that passed on to others are not among them.

    Args:
        refs: As identity's log knows them.
        passed: All versions by which keys passed on (columns of HOLDER).
    """
    now = {(system, entity, holder): key for system, entity, key, holder in holders_now(passed).iter_rows()}
    lost = {(system, entity, key) for system, entity, key in passed.select(*REF).iter_rows()}
    own = {ref for ref in refs if ref not in now and ref not in lost and SIGN not in ref[2]}
    return frozenset(own | {(ref[0], ref[1], now[ref]) for ref in refs if ref in now})
