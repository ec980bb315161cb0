"""The last solution on disk: a folder that may be deleted at any time, since everything in it can be solved anew.

A frame is a file that is never changed; one short file names those that hold now. Only frames that are other than they were read
are written, beside the old ones, and count when that short file is replaced: whoever is killed before leaves what was kept last.
Of the largest, only the rows that changed are (identity/solution/pieces.py).
Not here: the identity log, which may not be deleted.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from pyarrow import ipc

from identity.ids.kept import KEPT, Kept
from identity.link.counted import Counted
from identity.log.identity_log import Mark
from identity.solution.index import KeyIndex
from identity.solution.pieces import put_together, taken_apart
from identity.solution.rows import is_among
from identity.solution.solution import Solution

_RULES = ("*.py", "*.yaml")
_STAMP = "solution.json"
_COUNTED = ("holders", "phones", "crowded", "shares")
_SOLVED = ("members", "refusals", "disputes", "tokens")
_LISTED = ("claimed", "renewed")
_INDEX = ("base", "spans", "firsts", "listed", "ends", "since")
_FRAMES = (*_SOLVED, *_INDEX, *_LISTED, *_COUNTED, *KEPT)
_WRITERS = 2
Told = dict[str, Any]


class SolutionStore:
    """One solution below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[pl.DataFrame, str]] = {}

    def load(self, key: bytes) -> tuple[Solution, Kept] | None:
        """The last solution, and what is kept of the log; null where no such rules and key made one, or it cannot be read."""
        try:
            told = self._told()
            if told["made_by"] != _made_by(key):
                return None
            read = {name: _as_it_lies(self._folder / file) for name, file in told["files"].items()}
            together = put_together(read)
            frames = {name: together[name] for name in _FRAMES}
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):  # of Arrow, all are ValueError or OSError
            return None
        self._read = {name: (piece, told["files"][name]) for name, piece in read.items()}
        frequencies = Counted(told["people"], **{name: frames.pop(name) for name in _COUNTED}, least=told["least"])
        claimed, renewed = (frames.pop(name)["no"] for name in _LISTED)
        index = KeyIndex(**{name: frames.pop(name) for name in _INDEX}, renewed=renewed)
        kept = Kept(mark=Mark(**told["mark"]), **{name: frames.pop(name) for name in KEPT})
        solution = Solution(
            members=frames["members"],
            refusals=frames["refusals"],
            disputes=frames["disputes"],
            tokens=frames["tokens"],
            index=index,
            claimed=claimed,
            frequencies=frequencies,
            decided=told["decided"],
            drift=told["drift"],
        )
        return solution, kept

    def save(self, solution: Solution, kept: Kept, key: bytes, changed: Mapping[str, pl.Series] | None = None) -> None:
        """Keep a solution, and what is to be kept of the log.

        Args:
            solution: It has identifiers.
            kept: What is kept of the log.
            key: The configured key.
            changed: `no` of the `members` and of the places (`placed`) that may be other than they were loaded; null: all may be.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        frames = {name: getattr(solution, name) for name in _SOLVED}
        frames |= {name: getattr(solution.frequencies, name) for name in _COUNTED}
        frames |= {name: getattr(solution.index, name) for name in _INDEX}
        frames |= {"claimed": solution.claimed.to_frame("no"), "renewed": solution.index.renewed.to_frame("no")}
        frames |= {name: getattr(kept, name) for name in KEPT}
        touched = None if changed is None else _touched(solution.members, changed)
        pieces, turn = taken_apart(frames, {name: piece for name, (piece, _) in self._read.items()}, touched), self._next_turn()
        with ThreadPoolExecutor(_WRITERS) as writers:
            files = list(writers.map(lambda name: self._keep(name, pieces[name], turn), pieces))
        told = {"made_by": _made_by(key), "turn": turn, "files": dict(zip(pieces, files, strict=True))}
        told |= {"people": solution.frequencies.people, "least": solution.frequencies.least}
        told |= {"decided": solution.decided, "drift": solution.drift, "mark": asdict(kept.mark)}
        aside = self._folder / f"{_STAMP}.writing"
        aside.write_text(json.dumps(told), encoding="utf-8")
        aside.replace(self._folder / _STAMP)
        for path in self._folder.iterdir():  # of earlier solutions, and of those that were never finished
            if path.name not in {_STAMP, *files}:
                path.unlink()

    def _told(self) -> Told:
        told: Told = json.loads((self._folder / _STAMP).read_text(encoding="utf-8"))
        return told

    def _next_turn(self) -> int:
        """A number that no file of the solution that counts bears."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return int(self._told()["turn"]) + 1
        return 1

    def _keep(self, name: str, frame: pl.DataFrame, turn: int) -> str:
        """The name of the file that holds a frame: as it was read, or written now."""
        before, file = self._read.get(name, (None, ""))
        if before is frame and (self._folder / file).exists():
            return file
        path = self._folder / f"{name}-{turn:06d}.arrow"
        self._write(frame, path)
        return path.name

    def _write(self, frame: pl.DataFrame, path: Path) -> None:
        """In one piece, since the texts of the whole frame would be written beside each of several; and down to the disk."""
        frame.rechunk().write_ipc(path, record_batch_size=max(frame.height, 1))
        with path.open("rb") as written:
            os.fsync(written.fileno())


def _touched(members: pl.DataFrame, changed: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    """These, and the clusters of these members, whose tokens may be other ones."""
    clusters = members["cluster"].filter(pl.Series(is_among(members["no"], changed["members"]), dtype=pl.Boolean))
    return {**changed, "tokens": clusters.unique()}


def _as_it_lies(path: Path) -> pl.DataFrame:
    """A frame as it lies on disk: only what is looked at is read."""
    told: pl.DataFrame = pl.from_arrow(ipc.open_file(pa.memory_map(str(path))).read_all(), rechunk=False)  # type: ignore[assignment]
    return told


def _made_by(key: bytes) -> str:
    """Names the rules, the code, the library whose hashes are stored, and the key."""
    return hashlib.sha256(_code() + pl.__version__.encode() + hashlib.sha256(key).digest()).hexdigest()


@cache
def _code() -> bytes:
    """The digest of every file of identity."""
    here = Path(__file__).parents[1]
    files = sorted(path for pattern in _RULES for path in here.rglob(pattern))
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).digest()
