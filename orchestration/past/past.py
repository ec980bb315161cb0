"""Which earlier version's knowledge a run for an earlier date takes.

Not here: laying that knowledge out (layout.py), or telling whether the tables are the same (compare.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ingestion.retention.drop import forgotten
from orchestration.publish.record import VersionRecord


@dataclass(frozen=True)
class Past:
    """What an earlier version knew, and where it is laid out.

    Attributes:
        record: the last version that was published for the date, or for the nearest date before it.
        moment: the moment that the models are told: that version's own, as many days later as the date asked for.
        home: the folder that takes the place of the home folder for everything but publishing.
    """

    record: VersionRecord
    moment: datetime
    home: Path


class NothingKnownError(ValueError):
    """No version can speak of the date: there was none yet, or its inputs are gone; the message says which."""


def find_past(home: Path, records: Sequence[VersionRecord], as_of: date) -> Past | None:
    """The knowledge for a date before that of the last version; null when the date is not in the past.

    Args:
        home: the warehouse's home folder.
        records: what every version was made from, the oldest first.
        as_of: the business date of the run.

    Raises:
        NothingKnownError: the date lies before the first version's, or what that version was made from is no longer kept.
    """
    own = [record for record in records if record.knowledge.rebuilds is None]
    if not own or as_of >= own[-1].as_of:
        return None
    known = [record for record in own if record.as_of <= as_of]
    if not known:
        first = min(record.as_of for record in own)
        raise NothingKnownError(
            f"nothing was known on {as_of}: the first version speaks of {first}; ask for that date or a later one"
        )
    record = max(known, key=lambda each: (each.as_of, each.version))
    if forgotten(home).lacks(record.knowledge.landing_sequence, record.knowledge.moment):
        raise NothingKnownError(
            f"version {record.version} of {record.as_of} cannot be made again: the retention rules have dropped what it was made "
            "from (see `yidang retain`); its manifest is kept, and a version that still stands below published/ can be read"
        )
    return Past(record, record.knowledge.moment + (as_of - record.as_of), home / "build" / "past")
