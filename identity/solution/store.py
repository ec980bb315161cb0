"""The last solution on disk: a folder that may be deleted at any time, since everything in it can be solved anew.

Not here: the identity log, which may not.
"""

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path

import polars as pl

from identity.ids.kept import KEPT, Kept
from identity.link.counted import Counted
from identity.log.identity_log import Mark
from identity.solution.index import KeyIndex
from identity.solution.solution import Solution

_RULES = ("*.py", "*.yaml")
_STAMP = "solution.json"
_COUNTED = ("holders", "phones", "crowded", "shares")
_SOLVED = ("members", "refusals", "disputes", "tokens")
_LISTED = ("claimed", "renewed")
_INDEX = ("base", "listed", "ends", "since")
_FRAMES = (*_SOLVED, *_INDEX, *_LISTED, *_COUNTED, *KEPT)


class SolutionStore:
    """One solution below one folder; a new one takes the place of the old by a rename."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, pl.DataFrame] = {}

    def load(self, key: bytes) -> tuple[Solution, Kept] | None:
        """The last solution, and what is kept of the log; null where no such rules and key made one, or it cannot be read."""
        try:
            told = json.loads((self._folder / _STAMP).read_text(encoding="utf-8"))
            if told["made_by"] != _made_by(key):
                return None
            frames = {name: _as_it_lies(self._folder / f"{name}.arrow") for name in _FRAMES}
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):  # of Arrow, all are ValueError or OSError
            return None
        self._read = dict(frames)
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

    def save(self, solution: Solution, kept: Kept, key: bytes) -> None:
        """Keep a solution, and what is to be kept of the log."""
        aside = self._folder.with_name(f".{self._folder.name}.writing")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True, mode=0o700)
        frames = {name: getattr(solution, name) for name in _SOLVED}
        frames |= {name: getattr(solution.frequencies, name) for name in _COUNTED}
        frames |= {name: getattr(solution.index, name) for name in _INDEX}
        frames |= {"claimed": solution.claimed.to_frame("no"), "renewed": solution.index.renewed.to_frame("no")}
        frames |= {name: getattr(kept, name) for name in KEPT}
        for name, frame in frames.items():
            self._write(name, frame, aside)
        told = {"made_by": _made_by(key), "people": solution.frequencies.people, "least": solution.frequencies.least}
        told |= {"decided": solution.decided, "drift": solution.drift, "mark": asdict(kept.mark)}
        (aside / _STAMP).write_text(json.dumps(told), encoding="utf-8")
        shutil.rmtree(self._folder, ignore_errors=True)
        aside.rename(self._folder)

    def _write(self, name: str, frame: pl.DataFrame, folder: Path) -> None:
        """A frame as a file; what still is as it was read needs no writing, the old file gets a second name."""
        if self._read.get(name) is frame:
            with suppress(OSError):  # no links here, or the file is gone: it is written
                (folder / f"{name}.arrow").hardlink_to(self._folder / f"{name}.arrow")
                return
        # In one piece, since the texts of the whole frame would be written beside each of several.
        frame.rechunk().write_ipc(folder / f"{name}.arrow", record_batch_size=max(frame.height, 1))


def _as_it_lies(path: Path) -> pl.DataFrame:
    """A frame as it lies on disk: only what is looked at is read."""
    return pl.read_ipc(path, use_pyarrow=True)


def _made_by(key: bytes) -> str:
    """Names the rules, the code, the library whose hashes are stored, and the key."""
    return hashlib.sha256(_code() + pl.__version__.encode() + hashlib.sha256(key).digest()).hexdigest()


@cache
def _code() -> bytes:
    """The digest of every file of identity."""
    here = Path(__file__).parents[1]
    files = sorted(path for pattern in _RULES for path in here.rglob(pattern))
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).digest()
