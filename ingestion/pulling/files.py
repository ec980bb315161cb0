"""Landing one delivered file, whatever kind of folder it came from. Not here: which files there are (folder, batch_folder)."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingestion.contracts.model import Entity, SourceContract
from ingestion.landing.delivery import Delivery, Snapshot
from ingestion.landing.manifest import Manifest
from ingestion.pulling.run import PullRun
from ingestion.readers.by_format import Admitted, admit
from ingestion.refusal import RefusedError


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def is_landed(run: PullRun, entity: Entity, digest: str) -> bool:
    """Whether some batch of the entity was made of these bytes."""
    return any(found.digest == digest for found in run.landing.known(run.contract.source, entity.name))


@dataclass(frozen=True)
class DeliveredFile:
    """One file: its path below the source's folder, its bytes, and what its sender said about it.

    `admitted`: what was read ahead; null: it is read when it lands. `snapshot` null: an increment. `group`: the digests of all
    parts of its snapshot. `rows`: how many rows the sender counted, null when it did not.
    """

    entity: Entity
    path: str
    data: bytes
    digest: str
    snapshot: Snapshot | None = None
    group: frozenset[str] = frozenset()
    rows: int | None = None
    admitted: Admitted | None = None


def land_file(run: PullRun, file: DeliveredFile) -> None:
    """Land a file as a batch of its own, unless its bytes are no news; raises RefusedError when it cannot be used as a whole."""
    known = run.landing.known(run.contract.source, file.entity.name)
    identity = _identity(file, known)
    earlier = next((found for found in known if found.identity == identity), None)
    if earlier:
        run.note_repeat(file.path, earlier.file)
        return
    admitted = file.admitted or admit_file(run.contract, file.entity, file.path, file.data)
    found = admitted.reading.read_rows
    if file.rows is not None and found != file.rows:
        raise RefusedError(f"holds {found} rows, but the manifest says {file.rows}: refused whole, send it again")
    run.land(
        Delivery(
            contract=run.contract,
            entity=file.entity,
            file=file.path,
            digest=file.digest,
            identity=identity,
            reading=admitted.reading,
            originals={admitted.kept_name: admitted.kept},
            snapshot=file.snapshot,
            dropped=admitted.dropped,
        )
    )


def admit_file(contract: SourceContract, entity: Entity, path: str, data: bytes) -> Admitted:
    """The rows of a delivered file; raises RefusedError when it cannot be used as a whole."""
    return admit(contract, entity, PurePosixPath(path).name, data)


def _identity(file: DeliveredFile, known: list[Manifest]) -> str:
    """What names the batch: its bytes.

    Only a part of a newer snapshot that repeats a part of an older one is named after its snapshot as well: without it the newer
    snapshot would never be complete, and what is gone would stay. A snapshot that repeats the newest one whole is no news.
    """
    full = [found for found in known if found.snapshot_id is not None]
    same = [found for found in full if found.digest == file.digest]
    if file.snapshot is None or not same:
        return file.digest
    newest = max(found.snapshot_id or "" for found in full)
    group = {found.digest for found in full if found.snapshot_id == newest}
    mine = [found for found in same if found.snapshot_id == file.snapshot.id]
    if mine or file.snapshot.id < newest or file.group == group:
        return [*same, *mine][-1].identity
    return sha256(f"{file.digest}:{file.snapshot.id}:{file.snapshot.part}".encode())


def matched(entity: Entity, path: str) -> re.Match[str] | None:
    """How a path fits the entity's pattern; null when it does not."""
    return re.fullmatch(entity.pattern or "", path)
