"""One published version without one person: the same tables, less every row that tells of this person.

The version is written aside and takes the place of the old one by renames, with its manifest telling the truth again. Figures
(indicators) stay: they tell of nobody. Not here: which versions there are, landing.
"""

import json
import shutil
from pathlib import Path

import duckdb

from orchestration.erasure.traces import Traces, is_mine, without
from orchestration.publish.durable import FOLDER_MODE, flush_tree, write_by_rename
from orchestration.publish.export import write_parquet
from orchestration.publish.facts import sha256, table_facts
from orchestration.publish.layout import MANIFEST, SERVING, TABLES, published_folder, version_folder
from orchestration.publish.retention import STAGING, TRASH
from orchestration.publish.sql import quoted, text


def redact_version(home: Path, version: str, traces: Traces, new_name: str | None = None) -> int:
    """Take the person out of a version; how many rows that were.

    Args:
        home: The warehouse's home.
        version: The version.
        traces: What tells of the person.
        new_name: What the version without the person is called beside the old one; null: it takes the old one's place.
    """
    old, name = version_folder(home, version), new_name or version
    staging = published_folder(home) / f"{STAGING}{name}"
    shutil.rmtree(staging, ignore_errors=True)
    (staging / TABLES).mkdir(parents=True, mode=FOLDER_MODE)
    manifest = json.loads((old / MANIFEST).read_text(encoding="utf-8"))
    gone = 0
    with duckdb.connect(str(staging / SERVING)) as connection:
        for table, told in sorted(manifest["tables"].items()):
            gone += _copy(connection, table, old, staging, traces)
            facts = table_facts(connection, table, tuple(told["grain"]), staging / TABLES / f"{table}.parquet")
            manifest["tables"][table] = {**told, **facts.as_json()}
    serving = staging / SERVING
    manifest["files"][SERVING] = {"bytes": serving.stat().st_size, "sha256": sha256(serving)}
    write_by_rename(staging / MANIFEST, json.dumps({**manifest, "version": name}, ensure_ascii=False, indent=1) + "\n")
    flush_tree(staging)
    _take_place(home, staging, name)
    return gone


def _copy(connection: duckdb.DuckDBPyConnection, table: str, old: Path, staging: Path, traces: Traces) -> int:
    """One table, its rows in the order in which they stood; how many are left out."""
    source = f"read_parquet({text(old / TABLES / f'{table}.parquet')})"
    columns = [row[0] for row in connection.execute(f"describe select * from {source}").fetchall()]
    mine = is_mine(table, columns, traces)
    connection.execute(f"create table {quoted(table)} as select {without(columns, traces)} from {source} where not ({mine})")
    write_parquet(connection, table, staging / TABLES / f"{table}.parquet")
    return int(connection.execute(f"select count(*) from {source} where {mine}").fetchall()[0][0])


def _take_place(home: Path, staging: Path, name: str) -> None:
    """Rename the old folder out of sight, the new one into its place, and remove the old one."""
    place, trash = version_folder(home, name), published_folder(home) / f"{TRASH}{name}"
    if place.exists():
        place.rename(trash)
    staging.rename(place)
    shutil.rmtree(trash, ignore_errors=True)
