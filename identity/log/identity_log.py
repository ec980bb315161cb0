"""The append-only identity log on disk: one Parquet segment a run, named by its first sequence, its run and its digest.

Not here: what the events mean (identity/log/replay.py), who writes them (identity/ids, identity/log/decision.py).
"""

import hashlib
import os
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import polars as pl

from identity.frames import LOG_EVENT, REF, conform, utc
from identity.holder.ref import holders_now, without_holders
from identity.log.decision import Decision, decision_events
from identity.log.replay import IdentityState, replay

_SAID = "events"
_NAME = re.compile(r"^(?P<sequence>\d{12})-(?P<run>[\w.-]+)-(?P<digest>[0-9a-f]{32})\.parquet$")


class IdentityLogError(Exception):
    """The log cannot be read or written as it stands."""


@dataclass(frozen=True)
class Mark:
    """A place in the log, to be found again.

    Attributes:
        segments: How many there were.
        names: A digest of their names.
        next_sequence: Of the first event behind what was handed out.
        handed_out: A digest of the events that were handed out here to be appended; empty: none.
    """

    segments: int
    names: str
    next_sequence: int
    handed_out: str


class IdentityLog:
    """All that was ever decided about who is who.

    A segment is written aside and appears by one rename; none is ever changed. Its digest stands in its name and is checked at
    every reading.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def events(self, as_of: datetime | None = None) -> pl.DataFrame:
        """Every event (columns of LOG_EVENT) up to and at `as_of` (null: all), by sequence.

        Raises:
            IdentityLogError: A segment is missing, changed, or not ours.
        """
        frames = [self._read(path) for path in self._segments()]
        events = pl.concat(frames) if frames else pl.DataFrame(schema=LOG_EVENT)
        if events.height and not _is_gapless(events["sequence"], 1):
            raise IdentityLogError(
                f"{self._folder}: a segment of the identity log is missing or stands twice; restore it from a backup"
            )
        return events if as_of is None else events.filter(pl.col("at") <= utc(as_of))

    def state(self, as_of: datetime | None = None) -> IdentityState:
        """The identifiers as they stand, or as they stood at `as_of`."""
        return replay(self.events(as_of))

    def read(self, kind: str = "resident", as_of: datetime | None = None) -> pl.DataFrame:
        """Refs of one kind that are in their sources, with the living identifier of each, by ref: ref, `entity_id`, `at`."""
        state = self.state(as_of)
        mine = state.members.filter((pl.col("kind") == kind) & pl.col("is_present"))
        named = mine.with_columns(pl.col("entity_id").replace(state.final(kind))).drop("kind", "is_present").sort(REF)
        return without_holders(named, holders_now(state.passed)) if kind == "resident" else named

    def commit(self, events: pl.DataFrame, run_id: str) -> Path | None:
        """Append one segment; nothing at all for no events.

        Raises:
            IdentityLogError: The events do not follow on the last one: another run has written since they were made.
        """
        if events.is_empty():
            return None
        events = conform(events, LOG_EVENT).sort("sequence")
        first = self._next_sequence()
        if not _is_gapless(events["sequence"], first):
            raise IdentityLogError(f"{self._folder}: the next event must be number {first}, in one row without a gap; run again")
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = self._folder / f".{first:012d}.{os.getpid()}.writing"
        events.write_parquet(aside, compression="zstd", metadata={_SAID: said_by(events)})
        run = re.sub(r"[^\w.-]", "_", run_id)
        final = self._folder / segment_name(first, run, aside)
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        aside.rename(final)
        return final

    def decide(self, decisions: list[Decision], at: datetime, run_id: str = "people") -> Path | None:
        """Append what people decided of the records as they stand; the next run is bound by it."""
        events = decision_events(self._of_holders(decisions), at, self._next_sequence())
        return self.commit(events, run_id)

    def mark(self, events: pl.DataFrame) -> Mark:
        """Where the log stands, and what a run hands out to be appended; the run has read the log, or asked `since`."""
        paths = self._segments()
        first = _behind(paths[-1]) if paths else 1
        names = _listed([path.name for path in paths])
        return Mark(len(paths), names, first + events.height, said_by(events) if events.height else "")

    def since(self, mark: Mark) -> pl.DataFrame | None:
        """The events after a mark and what was handed out there; null where the log did not go on like this.

        Raises:
            IdentityLogError: A segment is not ours, or was changed.
        """
        paths = self._segments()
        if _listed([path.name for path in paths[: mark.segments]]) != mark.names:
            return None
        before = mark.segments + bool(mark.handed_out)
        for path in paths[:before]:
            _check(path)
        if mark.handed_out and (len(paths) < before or _said(paths[before - 1]) != mark.handed_out):
            return None
        frames = [self._read(path) for path in paths[before:]]
        events = pl.concat(frames) if frames else pl.DataFrame(schema=LOG_EVENT)
        return events if _is_gapless(events["sequence"], mark.next_sequence) else None

    def last_sequence(self) -> int:
        """The number of the last event; 0: there is none."""
        return self._next_sequence() - 1

    def segments(self, last: int) -> list[Path]:
        """The files of all events up to number `last`, with which one of them must end."""
        return [path for path in self._segments() if int(path.name[:12]) <= last]

    def last_decision(self) -> int:
        """The sequence of the last thing that people decided; 0: nothing."""
        return max((_decided(self._read(path)) for path in self._segments()), default=0)

    def _of_holders(self, decisions: list[Decision]) -> list[Decision]:
        """Decisions on the people who hold these keys now: what was decided of those before them binds nobody else."""
        now = holders_now(self.state().passed)
        held = {(system, entity, key): (system, entity, holder) for system, entity, key, holder in now.iter_rows()}
        return [
            replace(decision, left=held.get(decision.left, decision.left), right=held.get(decision.right, decision.right))
            for decision in decisions
        ]

    def _segments(self) -> list[Path]:
        return segments(self._folder)

    def _next_sequence(self) -> int:
        segments = self._segments()
        if not segments:
            return 1
        return int(self._read(segments[-1])["sequence"].max() or 0) + 1  # type: ignore[arg-type]

    def _read(self, path: Path) -> pl.DataFrame:
        """One segment, after a look at its digest."""
        _check(path)
        return conform(pl.read_parquet(path), LOG_EVENT)


def segments(folder: Path) -> list[Path]:
    """The segments of a log in this folder, by number."""
    return sorted(folder.glob("*.parquet")) if folder.is_dir() else []


def segment_name(first: int, run: str, written: Path) -> str:
    """What a segment is called: its first sequence, its run, and the digest of the bytes that were written."""
    return f"{first:012d}-{run}-{_digest(written)}.parquet"


def said_by(events: pl.DataFrame) -> str:
    """A digest of events (columns of LOG_EVENT, by sequence) that is stored beside them."""
    return hashlib.sha256(events.hash_rows().to_numpy().tobytes()).hexdigest()


def _said(path: Path) -> str:
    """The digest of its events that stands in a segment; empty: none (people wrote it, or an earlier version)."""
    return pl.read_parquet_metadata(path).get(_SAID, "")


def _behind(path: Path) -> int:
    """The sequence of the first event behind a segment, by its name and how many events it holds."""
    return int(path.name[:12]) + int(pl.scan_parquet(path).select(pl.len()).collect().item())


def _listed(names: list[str]) -> str:
    """One digest for the names of segments, which hold those of their bytes."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def _check(path: Path) -> None:
    """Look at the name of a segment, and whether its bytes are those that it tells of."""
    name = _NAME.match(path.name)
    if not name:
        raise IdentityLogError(f"{path}: this is no segment of the identity log; move it away")
    if _digest(path) != name["digest"]:
        raise IdentityLogError(f"{path}: its bytes are not those that were written; restore it from a backup")


def _digest(path: Path) -> str:
    """The first 32 hex digits of the file's SHA-256."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:32]


def _decided(events: pl.DataFrame) -> int:
    return int(events.filter(pl.col("event") == "decided")["sequence"].max() or 0)  # type: ignore[arg-type]


def _is_gapless(sequence: pl.Series, first: int) -> bool:
    """Whether the numbers run from `first` on without a gap."""
    return bool(sequence.sort().eq(pl.int_range(first, first + sequence.len(), eager=True)).all())
