"""All sources are pulled side by side; each step of the graph waits for its own.

A slow source then costs its own time only, and a dead one holds up nobody. Not here: how a source is pulled (ingestion).
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from ingestion.contracts.loader import load_contracts
from ingestion.contracts.model import SourceContract
from ingestion.pull import SourcePull

# Reading waits (network, disk, child databases) and Polars works outside Python's lock, so more threads than cores pay.
THREADS = 4


class SourcePulls:
    """One run's pulls."""

    def __init__(self, pull: Callable[[SourceContract], SourcePull]) -> None:
        self._pull = pull
        self._futures: dict[str, Future[SourcePull]] = {}

    def of(self, contract: SourceContract) -> SourcePull:
        """What the pull of one source found; a pull that broke is begun again by the next asking (Dagster's retry)."""
        self.begin()
        try:
            return self._futures[contract.source].result()
        except Exception:
            with ThreadPoolExecutor(1) as pool:
                self._futures[contract.source] = pool.submit(self._pull, contract)
            raise

    def begin(self) -> None:
        """Begin all pulls, once; who asks for one later waits only for what is left of it."""
        if self._futures:
            return
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="pull")
        self._futures = {name: pool.submit(self._pull, contract) for name, contract in load_contracts().items()}
        pool.shutdown(wait=False)

    def when_news(self, tell: Callable[[], None]) -> None:
        """Call `tell` once, as soon as one of the pulls has landed something; never when none does."""
        told = Lock()  # taken by the first pull with news, and never given back

        def look(future: Future[SourcePull]) -> None:
            if future.exception() is None and future.result().receipts and told.acquire(blocking=False):
                tell()

        for future in self._futures.values():
            future.add_done_callback(look)
