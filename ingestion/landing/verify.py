"""Reads every landed batch again and compares it with its manifest. Not here: mending what is found."""

import hashlib
from pathlib import Path

import polars as pl

from ingestion.landing.ledger import batch_folders
from ingestion.landing.manifest import NAME, Manifest, read_manifest


def verify_landing(home: Path) -> list[str]:
    """One clear line for everything that is not as it was landed; empty when all is well."""
    return [problem for folder in batch_folders(home) for problem in verify_batch(folder, home)]


def verify_batch(folder: Path, home: Path) -> list[str]:
    """The problems of one batch folder."""
    name = folder.relative_to(home).as_posix()
    try:
        manifest = read_manifest(folder)
    except ValueError as error:
        return [f"{name}: {str(error).removeprefix(str(folder) + '/')}"]
    problems = _names(folder, manifest) + _files(folder, manifest)
    return [f"{name}: {problem}" for problem in problems or _rows(folder, manifest)]


def _names(folder: Path, manifest: Manifest) -> list[str]:
    problems = []
    if folder.name != f"batch={manifest.batch_id}" or not manifest.batch_id.endswith(manifest.identity[:16]):
        problems.append(f"the folder does not carry the name of its batch {manifest.batch_id}")
    if (folder.parent.parent.name, folder.parent.name) != (manifest.source, manifest.entity):
        problems.append(f"the batch belongs to {manifest.source}/{manifest.entity}")
    return problems


def _files(folder: Path, manifest: Manifest) -> list[str]:
    """Missing, surplus and changed files."""
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {NAME}
    problems = [f"{file} is missing" for file in sorted(set(manifest.files) - present)]
    problems += [f"{file} does not belong here" for file in sorted(present - set(manifest.files))]
    for file in sorted(present & set(manifest.files)):
        with (folder / file).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != manifest.files[file].sha256:
            problems.append(f"{file} was changed: its SHA-256 is {found[:16]}…, expected {manifest.files[file].sha256[:16]}…")
    return problems


def _rows(folder: Path, manifest: Manifest) -> list[str]:
    """Whether the counts add up, and are those of the files."""
    problems = []
    parts = {"data": manifest.counts} | manifest.children
    for part, counts in parts.items():
        rejects = "rejects.parquet" if part == "data" else f"{part}.rejects.parquet"
        if not counts.adds_up():
            problems.append(f"{part}: read {counts.read_rows} is not loaded + rejected + deduplicated")
        for file, rows in ((f"{part}.parquet", counts.loaded_rows), (rejects, counts.rejected_rows)):
            found = pl.scan_parquet(folder / file).select(pl.len()).collect().item()
            if found != rows:
                problems.append(f"{file} holds {found} rows, expected {rows}")
    return problems
