"""Whether tables that were made again are those that were published then.

Not here: making them again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.publish.change import NOT_FED
from orchestration.publish.record import VersionRecord


@dataclass(frozen=True)
class Comparison:
    """The version that was made again, how many of its tables have the same bytes, and the names of those that do not."""

    version: str
    same: int
    differing: tuple[str, ...]


def compare(record: VersionRecord, tables: Mapping[str, str]) -> Comparison:
    """Compare files by their SHA-256; what is encrypted anew, or tells of the run itself, is left out."""
    names = sorted({*record.tables, *tables} - NOT_FED)
    differing = tuple(name for name in names if record.tables.get(name) != tables.get(name))
    return Comparison(record.version, len(names) - len(differing), differing)
