"""Pulling dated folders of CSV files, each complete once its manifest lies in it. Not here: reading one file (files)."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.connectors.entry import Entry, Folder
from ingestion.connectors.folder import open_folder
from ingestion.contracts.model import Entity
from ingestion.landing.delivery import Snapshot
from ingestion.landing.files_seen import FilesSeen
from ingestion.pulling.files import DeliveredFile, is_landed, land_file, matched, sha256
from ingestion.pulling.run import PullRun
from ingestion.readers.csv_text import read_csv
from ingestion.refusal import RefusedError

DAY = re.compile(r"\d{8}")
MANIFEST_FIELDS = ["FILE_NAME", "ROW_COUNT", "SHA256"]


@dataclass(frozen=True)
class Listed:
    """One line of a manifest that names a file we know: `snapshot` null for an increment."""

    name: str
    rows: int
    sha256: str
    entity: Entity
    snapshot: str | None
    part: int


def pull_batch_folder(run: PullRun) -> None:
    """Land every new file of every folder that has its manifest, day by day."""
    seen = FilesSeen(run.landing.home, run.contract.source)
    with open_folder(run.source.url, run.landing.home) as folder:
        days: dict[str, list[Entry]] = defaultdict(list)
        for entry in folder.entries(""):
            day, _, name = entry.path.partition("/")
            if DAY.fullmatch(day) and name and "/" not in name:
                days[day].append(entry)
        try:
            for day in sorted(days):
                _pull_day(run, folder, day, days[day], seen)
        finally:
            seen.save()


def _pull_day(run: PullRun, folder: Folder, day: str, entries: list[Entry], seen: FilesSeen) -> None:
    files = {entry.path.partition("/")[2]: entry for entry in entries}
    manifest = f"MANIFEST_{day}.csv"
    if manifest not in files:
        run.notes.append(f"{run.contract.source} {day}: no manifest yet, so it is still being written; left alone")
        return
    listed: list[Listed] = []
    with run.attempt(f"{day}/{manifest}"):
        listed = _read_manifest(run, f"{day}/{manifest}", folder.read(f"{day}/{manifest}"))
    for item in listed:
        entry = files.get(item.name)
        if entry and seen.digest_of(entry) == item.sha256 and is_landed(run, item.entity, item.sha256):
            run.unchanged += 1
            continue
        if entry is None:
            run.refuse(f"{day}/{item.name}", "is listed in the manifest, but missing; it is looked for again in the next run")
            continue
        with run.attempt(f"{day}/{item.name}"):
            file = _read_file(folder, item, entry, _parts(listed, item))
            land_file(run, file)
            seen.add(entry, item.sha256)
    for name in sorted(set(files) - {item.name for item in listed} - {manifest}):
        if listed and any(matched(entity, name) for entity in run.contract.entities):
            run.refuse(f"{day}/{name}", f"is not listed in {manifest}; left alone")


def _read_manifest(run: PullRun, path: str, data: bytes) -> list[Listed]:
    """The files a manifest lists; a line that cannot be used is refused by itself."""
    reading = read_csv(data, MANIFEST_FIELDS, "FILE_NAME", run.contract.connector.encoding)
    for line in reading.broken["_line"]:
        run.refuse(path, f"line {line} does not have the fields {','.join(MANIFEST_FIELDS)}")
    listed = []
    for row in reading.frame.iter_rows(named=True):
        with run.attempt(f"{path} line {row['_line']}"):
            listed.append(_listed(run, *(str(row[name] or "").strip() for name in MANIFEST_FIELDS)))
    return listed


def _listed(run: PullRun, name: str, rows: str, digest: str) -> Listed:
    for entity in run.contract.entities:
        found = matched(entity, name)
        if found and rows.isascii() and rows.isdigit():
            snapshot = found["snapshot"] if found["mode"] == "F" else None
            return Listed(name, int(rows), digest.lower(), entity, snapshot, int(found["part"]))
    if rows.isdigit():
        kinds = ", ".join(entity.name for entity in run.contract.entities)
        raise RefusedError(f"{name or 'no name'} is not of a known kind; expected <{kinds}>_<day>_<I or F>_<part>.csv")
    raise RefusedError(f"{name}: ROW_COUNT must be a whole number")


def _parts(listed: Sequence[Listed], item: Listed) -> list[Listed]:
    """All parts of the same snapshot, this one included; none for an increment."""
    mine = (item.entity.name, item.snapshot)
    return [other for other in listed if item.snapshot and (other.entity.name, other.snapshot) == mine]


def _read_file(folder: Folder, item: Listed, entry: Entry, parts: list[Listed]) -> DeliveredFile:
    """A listed file whose bytes are as the manifest says; raises RefusedError for any other."""
    data = folder.read(entry.path)
    if sha256(data) != item.sha256:
        raise RefusedError("its SHA-256 differs from the manifest's: refused whole, send it again")
    snapshot = Snapshot(item.snapshot, item.part, len(parts)) if item.snapshot else None
    group = frozenset(part.sha256 for part in parts)
    return DeliveredFile(item.entity, entry.path, data, item.sha256, snapshot=snapshot, group=group, rows=item.rows)
