"""A program that a command of ours starts and that must not outlive it: the dashboards, Dagster's user interface."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def run_child(command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> int:
    """Run a program until it ends; Ctrl-C, or the end that a service manager asks for (SIGTERM), ends it too.

    Args:
        command: the program and its arguments; its own messages on stdout are not shown.
        environment: variables beside those of this process.
        folder: its working directory; null: ours.

    Returns:
        Its exit code; 0 when it was asked to end.
    """
    with subprocess.Popen(command, env=os.environ | environment, cwd=folder, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own program
        asked: list[int] = []

        def end(signal_number: int, _frame: object) -> None:
            asked.append(signal_number)
            process.terminate()

        before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            code = process.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    return 0 if asked else code
