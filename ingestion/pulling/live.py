"""Landing what was spooled beside a source's own folder: segments of a live feed, verdicts that were given at the desk.

Not here: filling the spool (live, orchestration).
"""

from ingestion.connectors.local_folder import LocalFolder
from ingestion.contracts.model import Entity
from ingestion.live.spool import spool_root
from ingestion.pulling.files import DeliveredFile, land_file, matched, sha256
from ingestion.pulling.run import PullRun


def pull_live(run: PullRun) -> None:
    """Land every whole file, and remove it: what landed keeps its bytes. A refused one stays."""
    root = spool_root(run.landing.home, run.contract.source)
    if root.is_dir():
        for entity in run.contract.entities:
            _pull_entity(run, entity, LocalFolder(root))


def _pull_entity(run: PullRun, entity: Entity, folder: LocalFolder) -> None:
    prefix = f"{entity.folder}/" if entity.folder else ""
    for entry in folder.entries(entity.folder):
        if entry.path.startswith(run.below) and matched(entity, entry.path.removeprefix(prefix)):
            with run.attempt(entry.path):
                data = folder.read(entry.path)
                land_file(run, DeliveredFile(entity, entry.path, data, sha256(data)))
                (folder.root / entry.path).unlink()
