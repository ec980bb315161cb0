"""All sources are pulled side by side; each step of the graph waits for its own.

A slow source then costs its own time only, and a dead one holds up nobody. Not here: how a source is pulled (ingestion).
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from ingestion.contracts.loader import load_contracts
from ingestion.contracts.model import SourceContract
from ingestion.pull import SourcePull

# Reading waits (network, disk, child databases) and Polars works outside Python's lock, so more threads than cores pay.
THREADS = 4


class SourcePulls:
    """One run's pulls: all begin when the first is asked for."""

    def __init__(self, pull: Callable[[SourceContract], SourcePull]) -> None:
        self._pull = pull
        self._futures: dict[str, Future[SourcePull]] = {}

    def of(self, contract: SourceContract) -> SourcePull:
        """What the pull of one source found; a pull that broke is begun again by the next asking (Dagster's retry)."""
        if not self._futures:
            self._begin()
        try:
            return self._futures[contract.source].result()
        except Exception:
            with ThreadPoolExecutor(1) as pool:
                self._futures[contract.source] = pool.submit(self._pull, contract)
            raise

    def _begin(self) -> None:
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="pull")
        self._futures = {name: pool.submit(self._pull, contract) for name, contract in load_contracts().items()}
        pool.shutdown(wait=False)
