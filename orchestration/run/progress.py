"""The progress bar of `yidang run`."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

STAGES = 14  # prepare, five sources, inputs, telemetry, stage, identity, model, vault, gate, publish


class BarReporter:
    """A bar that fills as stages end; without a terminal, one plain line a stage."""

    def __init__(self, console: Console) -> None:
        self._console = console
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description:<18}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        )
        self._progress = Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("start", total=STAGES)

    def __enter__(self) -> Self:
        """Show the bar."""
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        self._progress.stop()

    def begin(self, stage: str) -> None:
        """Name the stage that runs."""
        self._progress.update(self._task, description=stage)

    def end(self, stage: str, seconds: float) -> None:
        """One step further."""
        self._progress.advance(self._task)
        if not self._console.is_terminal:
            self._console.print(f"{stage:<18} {seconds:6.1f} s", highlight=False)
