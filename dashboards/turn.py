"""Pages take turns: a few are drawn at a time, the others wait. Fifty at once only take the interpreter from one another.

Whoever waits for another program gives way meanwhile. Not here: how many programs there are (command/yidang.py).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_ONCE = 3  # two processors draw, and one more while a page waits for the disk
_turns = threading.BoundedSemaphore(AT_ONCE)
_mine = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """Draw when it is this page's turn."""
    with _turns:
        _mine.is_on = True
        try:
            yield
        finally:
            _mine.is_on = False


@contextmanager
def give_way() -> Iterator[None]:
    """Let others draw while this page waits; then its turn comes again."""
    if not getattr(_mine, "is_on", False):
        yield
        return
    _turns.release()
    try:
        yield
    finally:
        _turns.acquire()
