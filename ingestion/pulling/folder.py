"""Pulling a folder in which every file is complete as soon as it is there. Not here: folders with manifests (batch_folder)."""

from ingestion.connectors.entry import Entry, Folder
from ingestion.connectors.folder import open_folder
from ingestion.contracts.model import Entity
from ingestion.landing.delivery import Snapshot
from ingestion.landing.files_seen import FilesSeen
from ingestion.pulling.files import DeliveredFile, admit_file, land_file, matched, sha256
from ingestion.pulling.live import pull_live
from ingestion.pulling.read_ahead import read_ahead
from ingestion.pulling.run import PullRun


def pull_folder(run: PullRun) -> None:
    """Land every new file of every entity, in the order of the names; what a live feed left here comes first."""
    pull_live(run)
    seen = FilesSeen(run.landing.home, run.contract.source)
    with open_folder(run.source.url, run.landing.home) as folder:
        try:
            for entity in run.contract.entities:
                _pull_entity(run, entity, folder, seen)
        finally:
            seen.save()


def _pull_entity(run: PullRun, entity: Entity, folder: Folder, seen: FilesSeen) -> None:
    for entry, coming in read_ahead(_wanted(run, entity, folder, seen), lambda entry: _read(run, entity, folder, entry)):
        with run.attempt(entry.path):
            file = coming.result()
            land_file(run, file)
            seen.add(entry, file.digest)


def _wanted(run: PullRun, entity: Entity, folder: Folder, seen: FilesSeen) -> list[Entry]:
    """The files of the entity that were not landed under this name, size and time."""
    prefix = f"{entity.folder}/" if entity.folder else ""
    below = [entry for entry in folder.entries(entity.folder) if entry.path.startswith(run.below)]
    named = [entry for entry in below if matched(entity, entry.path.removeprefix(prefix))]
    known = {found.digest for found in run.landing.known(run.contract.source, entity.name)}
    wanted = [entry for entry in named if seen.digest_of(entry) not in known]
    run.unchanged += len(named) - len(wanted)
    return wanted


def _read(run: PullRun, entity: Entity, folder: Folder, entry: Entry) -> DeliveredFile:
    """A file with its rows; raises RefusedError when it cannot be used as a whole."""
    data = folder.read(entry.path)
    found = matched(entity, entry.path.removeprefix(f"{entity.folder}/" if entity.folder else ""))
    snapshot = Snapshot(found["snapshot"]) if found and entity.mode == "snapshot" else None
    digest = sha256(data)
    admitted = admit_file(run.contract, entity, entry.path, data)
    return DeliveredFile(entity, entry.path, data, digest, snapshot=snapshot, group=frozenset({digest}), admitted=admitted)
