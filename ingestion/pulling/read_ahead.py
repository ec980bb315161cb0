"""Reading the next file while one is being landed. Not here: reading or landing a file (files)."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def read_ahead(items: Iterable[T], read: Callable[[T], R]) -> Iterator[tuple[T, Future[R]]]:
    """Each item with what `read` makes of it, in order, read one item ahead. What `read` raises comes with its item."""
    with ThreadPoolExecutor(1) as reader:
        waiting: list[tuple[T, Future[R]]] = []
        for item in items:
            waiting.append((item, reader.submit(read, item)))
            if len(waiting) > 1:
                yield waiting.pop(0)
        yield from waiting
