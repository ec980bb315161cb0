"""Pulling a folder in which every file is complete as soon as it is there. Not here: folders with manifests (batch_folder)."""

from ingestion.connectors.entry import Folder
from ingestion.connectors.folder import open_folder
from ingestion.contracts.model import Entity
from ingestion.landing.delivery import Snapshot
from ingestion.landing.files_seen import FilesSeen
from ingestion.pulling.files import DeliveredFile, is_landed, land_file, matched, sha256
from ingestion.pulling.run import PullRun


def pull_folder(run: PullRun) -> None:
    """Land every new file of every entity, in the order of the names."""
    seen = FilesSeen(run.landing.home, run.contract.source)
    with open_folder(run.source.url, run.landing.home) as folder:
        try:
            for entity in run.contract.entities:
                _pull_entity(run, entity, folder, seen)
        finally:
            seen.save()


def _pull_entity(run: PullRun, entity: Entity, folder: Folder, seen: FilesSeen) -> None:
    prefix = f"{entity.folder}/" if entity.folder else ""
    for entry in folder.entries(entity.folder):
        found = matched(entity, entry.path.removeprefix(prefix))
        if found is None:
            continue
        digest = seen.digest_of(entry)
        if digest and is_landed(run, entity, digest):
            run.unchanged += 1
            continue
        with run.attempt(entry.path):
            data = folder.read(entry.path)
            digest = sha256(data)
            snapshot = Snapshot(found["snapshot"]) if entity.mode == "snapshot" else None
            land_file(run, DeliveredFile(entity, entry.path, data, digest, snapshot=snapshot, group=frozenset({digest})))
            seen.add(entry, digest)
