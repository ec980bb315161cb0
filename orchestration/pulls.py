"""All sources are pulled side by side, in a process of their own; each step of the graph waits for its own source.

A slow source then costs its own time only, a dead one holds up nobody, and this process loads its libraries meanwhile: two
threads that load the same library at once have been seen to find it half made. Not here: how a source is pulled (ingestion).
"""

import contextlib
import multiprocessing
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from multiprocessing.connection import Connection

from expectations.acceptance import read_acceptances
from ingestion.contracts.loader import load_contracts
from ingestion.contracts.model import SourceContract
from ingestion.pull import SourcePull, pull_source
from ingestion.settings import Settings
from ingestion.street_time import street_day
from orchestration.aside import end_with_parent

# Reading waits (network, disk, child databases) and Polars works outside Python's lock, so more threads than cores pay.
THREADS = 4


class PullBrokenError(Exception):
    """A pull ended by an error of ours, not of the source; the message says which."""


class SourcePulls:
    """One run's pulls: all begin together, at `begin` or when the first is asked for."""

    def __init__(self, settings: Settings, at: datetime) -> None:
        self._settings, self._at = settings, at
        self._answers: dict[str, Connection] = {}
        self._found: dict[str, SourcePull | str] = {}

    def begin(self) -> None:
        """Start reading every source that is not being read.

        Raises:
            AcceptanceError: when the file of what people let through is malformed.
        """
        sources = [source for source in load_contracts() if source not in self._answers]
        accepted = frozenset(read_acceptances(self._settings.warehouse.home, street_day(self._at)))
        start = multiprocessing.get_context("spawn")
        ours, theirs = start.Pipe(duplex=False)
        start.Process(
            target=_pull_all, args=(theirs, sources, self._settings, self._at, accepted), name="pulls", daemon=True
        ).start()
        theirs.close()  # so that its end is heard here when the process ends, however it ends
        self._answers.update(dict.fromkeys(sources, ours))

    def of(self, contract: SourceContract) -> SourcePull:
        """What the pull of one source found.

        Raises:
            PullBrokenError: the pull broke; the next asking begins it again (Dagster's retry).
        """
        if contract.source not in self._answers:
            self.begin()
        found = self._wait_for(contract.source)
        if isinstance(found, str):
            del self._answers[contract.source], self._found[contract.source]
            raise PullBrokenError(found)
        return found

    def _wait_for(self, source: str) -> SourcePull | str:
        while source not in self._found:
            try:
                name, found = self._answers[source].recv()
            except EOFError:
                name = source
                found = f"the process that reads the sources ended before {source} was read; was it killed, or out of memory?"
            self._found[name] = found
        return self._found[source]


def _pull_all(answers: Connection, sources: Sequence[str], settings: Settings, at: datetime, accepted: frozenset[str]) -> None:
    """In the process of the pulls: send (source, what was found, or the words of an error) as each ends."""
    end_with_parent()
    contracts, told = load_contracts(), threading.Lock()

    def pull(source: str) -> None:
        try:
            found: SourcePull | str = pull_source(contracts[source], settings, at, accepted=accepted)
        except Exception as error:  # noqa: BLE001 - told to the step that waits
            found = f"{type(error).__name__}: {error}"
        with told, contextlib.suppress(BrokenPipeError):  # a run that has failed listens no more
            answers.send((source, found))

    with ThreadPoolExecutor(THREADS, thread_name_prefix="pull") as pool:
        list(pool.map(pull, sources))
