"""Landing the spooled segments of a live feed, as any delivered hour. Not here: filling the spool (live)."""

from ingestion.connectors.local_folder import LocalFolder
from ingestion.live.listen import live_entity
from ingestion.live.spool import spool_root
from ingestion.pulling.files import DeliveredFile, land_file, matched, sha256
from ingestion.pulling.run import PullRun


def pull_live(run: PullRun) -> None:
    """Land every whole segment, and remove it: what landed keeps its bytes. A refused one stays."""
    root, entity = spool_root(run.landing.home, run.contract.source), live_entity(run.contract)
    if entity is None or not root.is_dir():
        return
    folder = LocalFolder(root)
    for entry in folder.entries(entity.folder):
        if entry.path.startswith(run.below) and matched(entity, entry.path.removeprefix(f"{entity.folder}/")):
            with run.attempt(entry.path):
                data = folder.read(entry.path)
                land_file(run, DeliveredFile(entity, entry.path, data, sha256(data)))
                (root / entry.path).unlink()
