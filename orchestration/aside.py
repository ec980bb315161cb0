"""A process beside the run's own, for work that a later step waits for: counting messages, loading Great Expectations, judging.

dbt keeps Python's lock busy without filling two processors. What is begun here is done meanwhile, one thing after the other;
what was never begun (a step that was started by itself in Dagster's user interface) is done where it is asked for.
Not here: when something is begun (orchestration/assets), or the reading of sources (pulls.py).
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

R = TypeVar("R")
Key = tuple[str, str]


class AsideError(Exception):
    """What was asked broke, or the process beside the run ended before it answered; the message says which."""


class Aside:
    """One run's process beside it; it starts when something is begun, and ends with the run, however that ends."""

    def __init__(self) -> None:
        self._line: Connection | None = None
        self._waiting: list[Key] = []
        self._answers: dict[Key, tuple[bool, Any]] = {}

    def begin(self, function: Callable[..., R], *arguments: object) -> None:
        """Have a public function of a module called with these arguments, after what was begun before."""
        self._ask(_key(function, arguments), function, arguments)

    def result(self, function: Callable[..., R], *arguments: object) -> R:
        """What was begun, once it is done; what was not begun is done here and now.

        Raises:
            AsideError: when the process ended first, or the function broke there.
            Exception: what the function itself raised, where it was done here.
        """
        key = _key(function, arguments)
        if key not in self._answers and key not in self._waiting:
            return function(*arguments)
        outcome: R = self._wait_for(key)
        return outcome

    def ask(self, function: Callable[..., R], *arguments: object) -> R:
        """The function's result, from the process beside where there is one: it has loaded what the function needs.

        Raises:
            AsideError: when the process ended first, or the function broke there.
            Exception: what the function itself raised, where it was done here.
        """
        if self._line is not None:
            self.begin(function, *arguments)
        return self.result(function, *arguments)

    def _ask(self, key: Key, function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
        if self._line is None:
            start = multiprocessing.get_context("spawn")
            self._line, theirs = start.Pipe()
            start.Process(target=_answer_all, args=(theirs,), name="aside", daemon=True).start()
            theirs.close()  # so that its end is heard here when the process ends, however it ends
        self._line.send((function, arguments))
        self._waiting.append(key)

    def _wait_for(self, key: Key) -> Any:
        while key not in self._answers:
            assert self._line is not None  # noqa: S101 - something waits
            try:
                self._answers[self._waiting[0]] = self._line.recv()
            except (EOFError, ConnectionError) as error:
                raise AsideError(
                    f"the process beside the run ended before {key[0]} was done; was it killed, or out of memory?"
                ) from error
            del self._waiting[0]
        is_done, outcome = self._answers.pop(key)
        if not is_done:
            raise AsideError(f"{key[0]}: {outcome}")
        return outcome


def end_with_parent() -> None:
    """End this process at once when the one that started it has ended: nobody would hear its answers."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the run, and the run's end ends this
    threading.Thread(target=watch, daemon=True).start()


def _key(function: Callable[..., Any], arguments: tuple[object, ...]) -> Key:
    return f"{function.__module__}.{function.__qualname__}", repr(arguments)


def _answer_all(line: Connection) -> None:
    """In the process beside: do what is asked, in the order of asking, and send (done, result or the words of the error)."""
    end_with_parent()
    with contextlib.suppress(EOFError, BrokenPipeError):  # a run that has failed asks and listens no more
        while True:
            function, arguments = line.recv()
            try:
                answer: tuple[bool, Any] = True, function(*arguments)
            except Exception as error:  # noqa: BLE001 - told to the step that waits
                answer = False, f"{type(error).__name__}: {error}"
            line.send(answer)
