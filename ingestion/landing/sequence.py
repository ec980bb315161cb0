"""The order in which batches arrive: one rising number for the whole home. Not here: what is counted (landing)."""

from pathlib import Path

from ingestion.atomic import locked, read_json, replace_json
from ingestion.landing.ledger import batch_folders
from ingestion.landing.manifest import Manifest, read_manifest


def next_sequence(home: Path, landed: list[Manifest]) -> int:
    """A number higher than every one before, those of the batches `landed` of the same entity included.

    After a crash numbers may be missing. After a power cut the state may be an old one, which is why it is not asked alone.
    """
    path = home / "state" / "sequence.json"
    with locked(home, "sequence"):
        last = read_json(path).get("last")
        number = max(last if isinstance(last, int) else _highest(home), *(found.sequence for found in landed), 0) + 1
        replace_json(path, {"last": number}, is_synced=False)
    return number


def _highest(home: Path) -> int:
    """The highest number in landing: the state was lost, or there is none yet."""
    return max((read_manifest(folder).sequence for folder in batch_folders(home)), default=0)
