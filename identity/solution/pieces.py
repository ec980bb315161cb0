"""The largest frames of a solution in pieces: as they were when everybody was solved, the rows that changed since, and the order.

So a run writes only what changed. They are one again when everybody is solved anew, which is when a tenth has changed.
Not here: files (identity/solution/store.py).
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from identity.solution.carry import ordered
from identity.solution.rows import is_among

_KEYS = {"members": "no", "tokens": "cluster", "placed": "no"}  # each row's name, which no other ever bears
_GROWING = "given"  # rows only ever come behind those that are there
_SINCE, _ORDER = "_since", "_order"
Frames = dict[str, pl.DataFrame]


def put_together(pieces: Mapping[str, pl.DataFrame]) -> Frames:
    """The frames of a solution by their names."""
    frames = {name: piece for name, piece in pieces.items() if not name.endswith((_SINCE, _ORDER))}
    for name, key in _KEYS.items():
        if name + _ORDER in pieces:
            frames[name] = _ordered(pieces[name], pieces[name + _SINCE], pieces[name + _ORDER][key], key)
    if _GROWING + _SINCE in pieces:
        frames[_GROWING] = pl.concat([pieces[_GROWING], pieces[_GROWING + _SINCE]])
    return frames


def taken_apart(frames: Frames, read: Frames, changed: Mapping[str, pl.Series] | None) -> Frames:
    """What is to be kept of the frames of a solution.

    Args:
        frames: All of them, by name.
        read: The pieces that were read, of which this solution was made.
        changed: By name, the keys of the rows that may be other than they were read; null: all may be.
    """
    if changed is None or not read:
        return frames
    pieces = dict(frames)
    for name, key in _KEYS.items():
        pieces |= _apart(name, key, frames[name], read, changed[name])
    base = read[_GROWING]
    return pieces | {_GROWING: base, _GROWING + _SINCE: frames[_GROWING].slice(base.height)}


def _ordered(base: pl.DataFrame, since: pl.DataFrame, order: pl.Series, key: str) -> pl.DataFrame:
    """The rows in this order of their keys, each as it was told last."""
    told = [part[key].to_numpy() for part in (base, since)]
    place = np.empty(1 + int(max(part.max(initial=0) for part in told)), dtype=np.int64)
    place[told[0]] = np.arange(base.height)
    place[told[1]] = base.height + np.arange(since.height)
    return ordered(base, since, place[order.to_numpy()])


def _apart(name: str, key: str, frame: pl.DataFrame, read: Frames, changed: pl.Series) -> Frames:
    before = read[name + _SINCE][key] if name + _SINCE in read else changed.clear()
    since = frame.filter(pl.Series(is_among(frame[key], pl.concat([before, changed])), dtype=pl.Boolean))
    return {name: read[name], name + _SINCE: since, name + _ORDER: frame.select(key)}
