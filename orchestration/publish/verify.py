"""Does every byte of the current version still say what it said?

Parquet has no check of its own that covers a whole file, and bits do flip; so the digests of the manifest are compared
with what is read again. Not here: landed batches (ingestion.landing.verify).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publish.current import ManifestError, current_version, read_manifest
from orchestration.publish.facts import sha256
from orchestration.publish.layout import SERVING, TABLES, version_folder, versions
from orchestration.publish.sql import quoted

REMEDY = "publish anew with `yidang run`, or restore the file"


def verify_published(home: Path) -> list[str]:
    """Problems of the current version, one line each; none when all is well, or nothing was published yet."""
    version = current_version(home)
    if version is None:
        return ["published/CURRENT is missing though there are versions: write the newest name into it"] if versions(home) else []
    try:
        manifest = read_manifest(home, version)
        folder = version_folder(home, version)
        return [f"published/{version}/{problem}" for problem in _problems(folder, manifest)]
    except ManifestError as error:
        return [str(error)]
    except (KeyError, TypeError, AttributeError):
        return [f"published/{version}/manifest.json lacks what it must hold: {REMEDY}"]


def _problems(folder: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    tables: Mapping[str, Mapping[str, Any]] = manifest["tables"]
    for table, told in tables.items():
        yield from _file_problems(folder, f"{TABLES}/{table}.parquet", told)
    for name, told in manifest["files"].items():
        yield from _file_problems(folder, name, told)
    for path in sorted((folder / TABLES).glob("*")):
        if path.suffix != ".parquet" or path.stem not in tables:
            yield f"{TABLES}/{path.name}: the manifest does not know it; remove it"
    yield from _serving_problems(folder / SERVING, {table: told["rows"] for table, told in tables.items()})


def _file_problems(folder: Path, name: str, told: Mapping[str, Any]) -> Iterator[str]:
    path = folder / name
    if not path.is_file():
        yield f"{name}: missing; {REMEDY}"
    elif path.stat().st_size != told["bytes"]:
        yield f"{name}: {path.stat().st_size:,} bytes, but {told['bytes']:,} were written; {REMEDY}"
    elif sha256(path) != told["sha256"]:
        yield f"{name}: its SHA-256 is not that of the manifest; {REMEDY}"


def _serving_problems(serving: Path, rows: Mapping[str, int]) -> Iterator[str]:
    """Tables of serving.duckdb that are missing or do not have the manifest's number of rows."""
    if not serving.is_file():
        return
    try:
        with duckdb.connect(str(serving), read_only=True) as connection:
            there = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
            yield from (f"{SERVING}: table {table} is missing; {REMEDY}" for table in sorted(rows.keys() - there))
            for table in sorted(rows.keys() & there):
                count = connection.execute(f"select count(*) from {quoted(table)}").fetchall()[0][0]
                if count != rows[table]:
                    yield f"{SERVING}: table {table} has {count:,} rows, but the manifest says {rows[table]:,}; {REMEDY}"
    except duckdb.Error as error:
        yield f"{SERVING}: cannot be opened ({type(error).__name__}); {REMEDY}"
