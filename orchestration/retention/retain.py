"""Finds what is past its time of keeping, and removes it; nothing is removed unless it is asked for.

Not here: the classes (ingestion/retention/classes.yaml), the command's words.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from ingestion.retention.classes import Retention
from ingestion.retention.drop import drop, remember_dropped
from ingestion.retention.due import due_batches
from orchestration.publish.record import remember
from orchestration.retention.layers import drop_versions, due_files, due_versions, remove_file
from orchestration.run.lock import only_run

BY = "retain"  # in the receipt log


@dataclass
class Retained:
    """How much is (or was) due, by class or layer: rows, files, messages, versions."""

    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line for the audit log."""
        return ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items())) or "nothing"


def retain(home: Path, classes: Retention, today: date, at: datetime, *, is_applied: bool) -> Retained:
    """What is past its time on a day; removed when `is_applied`.

    Args:
        home: The warehouse's home, held while this is done.
        classes: How long what is kept.
        today: The street's day.
        at: Now (UTC), for the logs.
        is_applied: Whether it is removed; else it is only counted.

    Raises:
        RunLockedError: a run is at work.
        ValueError: the manifest of a batch cannot be trusted.
    """
    found = Retained()
    with only_run(home):
        batches = list(due_batches(home, classes, today))
        old, files = due_versions(home, classes, today), list(due_files(home, classes, today))
        for due in batches:
            found.counts.update(_counted({
                "original": len(due.originals), "reject": due.rejects, "message": due.messages, "replaced": due.emptied_rows,
            }))  # fmt: skip
        found.counts.update(_counted({"version": len(old)}))
        found.counts.update(layer for layer, _ in files)
        if is_applied:
            remember(home)
            remember_dropped(home, batches, at)
            for due in batches:
                drop(due)
            drop_versions(home, old)
            for layer, path in files:
                remove_file(home, layer, path, BY, at)
    return found


def _counted(told: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in told.items() if count}
