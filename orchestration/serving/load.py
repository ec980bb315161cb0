"""Brings the PostgreSQL schema `curated_v1` to the current version, in one transaction.

Not here: what a reader may see (rights.py), how rows are sent (rows.py).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection

from ingestion.settings import Serving
from orchestration.publish.current import ManifestError, current_version, read_manifest
from orchestration.publish.layout import TABLES, version_folder, versions
from orchestration.serving.error import ServingError
from orchestration.serving.plan import Plan, plan_schema
from orchestration.serving.rights import SCHEMA, load_rights
from orchestration.serving.rows import bring_rows
from orchestration.serving.served import Sent, Served
from orchestration.serving.structure import ensure_own, shape

CONNECT_SECONDS = 10
# Only a change of structure waits for anybody; better it is tried again by the next run than that readers queue behind it.
SESSION = "set lock_timeout = '5s'; set time zone 'UTC'"


def bring_forward(home: Path, serving: Serving, nodes: Mapping[str, Mapping[str, Any]], at: datetime) -> Served | None:
    """Load the current version, unless it is loaded; null: nothing is published yet.

    Args:
        home: the warehouse's home folder.
        serving: where to, and for whom.
        nodes: dbt's manifest node of every published model: the dictionary, from which comments are taken.
        at: now, UTC.

    Raises:
        ServingError: when the server cannot be reached or refuses; it keeps the version that it has.
    """
    version = current_version(home)
    if version is None:
        return None
    try:
        manifest = read_manifest(home, version)
        plan = plan_schema(manifest, nodes, load_rights(), serving.readers)
        with psycopg.connect(serving.url, connect_timeout=CONNECT_SECONDS, application_name="yidang") as connection:
            connection.execute(SESSION)
            sent = _load(connection, home, manifest, plan, at)
            connection.commit()
            _analyze(connection, sent)
    except ManifestError as error:
        raise ServingError(str(error)) from error
    except psycopg.Error as error:
        raise ServingError(f"PostgreSQL was not brought forward: {_reason(error)}; run again when that is mended") from error
    return Served(version, sent)


def _load(connection: Connection[Any], home: Path, manifest: Mapping[str, Any], plan: Plan, at: datetime) -> dict[str, Sent]:
    """Everything of one version; nothing when it stands there already."""
    connection.execute("select pg_advisory_xact_lock(hashtext(%s))", [SCHEMA])
    version, structure = _standing(connection)
    if (version, structure) == (manifest["version"], plan.digest):
        return {}
    if structure != plan.digest:
        ensure_own(connection)
        shape(connection, plan)
    sent = _send(connection, home, manifest, plan)
    connection.execute(f"delete from {SCHEMA}.version")
    connection.execute(
        f"insert into {SCHEMA}.version values (%s, %s, %s::timestamptz at time zone 'UTC', %s, %s)",
        [manifest["version"], manifest["as_of"], manifest["created_at"], at.astimezone(UTC).replace(tzinfo=None), plan.digest],
    )
    return sent


def _standing(connection: Connection[Any]) -> tuple[str | None, str | None]:
    """The version and the structure that the server has."""
    if connection.execute("select to_regclass(%s)", [f"{SCHEMA}.version"]).fetchall()[0][0] is None:
        return None, None
    rows = connection.execute(f"select version, structure from {SCHEMA}.version").fetchall()
    return (str(rows[0][0]), str(rows[0][1])) if rows else (None, None)


def _send(connection: Connection[Any], home: Path, manifest: Mapping[str, Any], plan: Plan) -> dict[str, Sent]:
    """The rows of every table whose file is another one than what was loaded."""
    loaded = dict(connection.execute(f"select table_name, sha256 from {SCHEMA}.loaded_table").fetchall())
    if lost := sorted(set(loaded) - {table.name for table in plan.tables}):
        raise ServingError(f"table {lost[0]} is published no more, and {SCHEMA} keeps what it promised; publish it again")
    kept = _kept_files(home)
    sent = {}
    for table in plan.tables:
        told = manifest["tables"][table.name]
        if loaded.get(table.name) == told["sha256"]:
            continue
        new = version_folder(home, manifest["version"]) / TABLES / f"{table.name}.parquet"
        sent[table.name] = bring_rows(connection, table, kept.get((table.name, loaded.get(table.name))), new, told["rows"])
        connection.execute(
            f"insert into {SCHEMA}.loaded_table values (%s, %s, %s)"
            " on conflict (table_name) do update set sha256 = excluded.sha256, row_count = excluded.row_count",
            [table.name, told["sha256"], told["rows"]],
        )
    return sent


def _kept_files(home: Path) -> dict[tuple[str, str | None], Path]:
    """The file of every table of every version that is kept, by table and digest."""
    found: dict[tuple[str, str | None], Path] = {}
    for version in versions(home):
        for table, told in read_manifest(home, version)["tables"].items():
            found[table, told["sha256"]] = version_folder(home, version) / TABLES / f"{table}.parquet"
    return found


def _analyze(connection: Connection[Any], sent: Mapping[str, Sent]) -> None:
    """Tell the planner what the tables hold now, after the readers have them."""
    for table in sorted(sent):
        connection.execute(f'analyze {SCHEMA}."{table}"'.encode())


def _reason(error: psycopg.Error) -> str:
    """The first line of what the server said; libpq never repeats a password."""
    said = str(error).strip().splitlines()
    return said[0] if said else type(error).__name__
