"""Reading the next files while one is being landed. Not here: reading or landing a file (files)."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 2  # one reader does not keep two processors busy beside the landing, and more files would need more memory


def read_ahead(items: Iterable[T], read: Callable[[T], R]) -> Iterator[tuple[T, Future[R]]]:
    """Each item with what `read` makes of it, in order, read a few items ahead. What `read` raises comes with its item."""
    with ThreadPoolExecutor(AHEAD) as readers:
        waiting: deque[tuple[T, Future[R]]] = deque()
        for item in items:
            waiting.append((item, readers.submit(read, item)))
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        yield from waiting
