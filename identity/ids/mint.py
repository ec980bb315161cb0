"""New identifiers: opaque, and the same again from the same record and key.

Not here: who gets a new one (identity/ids/assign.py).
"""

import numpy as np
import polars as pl

from identity.ids.given import given_of
from identity.token.sm3 import Bytes, hmac_sm3_all

PREFIX = {"resident": "R", "dwelling": "D", "building": "B", "estate": "E"}
_BYTES = 10  # 16 characters of base32
_LETTERS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", dtype=np.uint8)  # RFC 4648, section 6
_GROUP, _SIGNS, _BITS = 5, 8, 5  # five bytes are eight signs of five bits


def mint_all(kind: str, key: bytes, refs: pl.Series, given: pl.DataFrame) -> pl.Series:
    """New identifiers for many refs (text, none null), as if each were given one after the other, and none twice.

    Args:
        kind: What is named.
        key: The configured key.
        refs: The smallest ref of each cluster; an earlier one is served first.
        given: Every identifier ever given (identity/ids/given.py).
    """
    made = pl.Series([None] * refs.len(), dtype=pl.String)
    waiting, counter = pl.int_range(refs.len(), eager=True), 0
    while waiting.len():
        tried = _made(kind, key, refs.gather(waiting), counter)
        taken = given_of(given, tried)["entity_id"]
        if counter == 0 and taken.is_empty() and tried.n_unique() == tried.len():
            return tried
        is_free = tried.is_first_distinct() & ~tried.is_in(taken.implode()) & ~tried.is_in(made.implode())
        made = made.scatter(waiting.filter(is_free), tried.filter(is_free))
        waiting, counter = waiting.filter(~is_free), counter + 1
    return made


def _made(kind: str, key: bytes, refs: pl.Series, counter: int) -> pl.Series:
    """What each ref gives at the first, second, ... try."""
    messages = pl.select(pl.lit(_purpose(kind, counter)) + refs).to_series()
    signs = _base32(hmac_sm3_all(key, messages)[:, :_BYTES])
    texts = pl.Series(signs.view(f"S{signs.shape[1]}").ravel()).cast(pl.String)
    return pl.select(pl.lit(_prefix(kind)) + texts).to_series()


def _base32(rows: Bytes) -> Bytes:
    """The signs of each row, of which the length is a multiple of five bytes: RFC 4648 without padding."""
    groups = rows.reshape(len(rows), -1, _GROUP)
    numbers = np.zeros(groups.shape[:2], dtype=np.uint64)
    for place in range(_GROUP):
        numbers = numbers << np.uint64(8) | groups[:, :, place]
    signs = np.empty((*numbers.shape, _SIGNS), dtype=np.uint8)
    for place in range(_SIGNS):
        shift = np.uint64(_BITS * (_SIGNS - 1 - place))
        signs[:, :, place] = _LETTERS[numbers >> shift & np.uint64(2**_BITS - 1)]
    return signs.reshape(len(rows), -1)


def _purpose(kind: str, counter: int) -> str:
    """What stands before the ref in the message that is digested."""
    return f"identifier:{kind}:{counter}:"


def _prefix(kind: str) -> str:
    return PREFIX.get(kind, kind[:1].upper())
