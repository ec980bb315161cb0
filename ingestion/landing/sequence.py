"""The order in which batches arrive: one rising number for the whole home. Not here: what is counted (landing)."""

from pathlib import Path

from ingestion.atomic import locked, read_json, replace_json
from ingestion.landing.ledger import batch_folders
from ingestion.landing.manifest import read_manifest


def next_sequence(home: Path) -> int:
    """A number higher than every one before; after a crash numbers may be missing, never repeated."""
    path = home / "state" / "sequence.json"
    with locked(home, "sequence"):
        last = read_json(path).get("last")
        number = (last if isinstance(last, int) else _highest(home)) + 1
        replace_json(path, {"last": number})
    return number


def _highest(home: Path) -> int:
    """The highest number in landing: the state was lost, or there is none yet."""
    return max((read_manifest(folder).sequence for folder in batch_folders(home)), default=0)
