"""The manifest of a version: what it holds, and what it was made from. It is written last, by rename.

Not here: who reads it (current.py, verify.py).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from orchestration.publish.durable import write_by_rename
from orchestration.publish.facts import TableFacts, sha256
from orchestration.publish.layout import MANIFEST, SERVING
from orchestration.publish.request import PublishRequest
from orchestration.warehouse.marts import deprecation


def write_manifest(
    folder: Path, version: str, previous: str | None, request: PublishRequest, tables: Mapping[str, TableFacts]
) -> None:
    """Write manifest.json into the folder of a version that is otherwise complete."""
    serving = folder / SERVING
    manifest = {
        "version": version,
        "created_at": _iso(request.at),
        "as_of": request.as_of.isoformat(),
        "engine": request.engine,
        "engine_version": duckdb.__version__,
        "code_version": request.code_version,
        "inputs_digest": request.inputs_digest,
        "run_id": request.run_id,
        "knowledge": request.knowledge.as_json() if request.knowledge else None,
        "previous": previous,
        "tables": {name: facts.as_json() | deprecation(request.nodes, name) for name, facts in sorted(tables.items())},
        "files": {SERVING: {"bytes": serving.stat().st_size, "sha256": sha256(serving)}},
        "sources": source_states(request.sources),
    }
    write_by_rename(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")


def source_states(sources: pl.DataFrame) -> list[dict[str, Any]]:
    """One object a source; times are UTC text, `stale_since` null when the source was reached."""
    return [
        {name: _iso(value) if isinstance(value, datetime) else value for name, value in row.items()} for row in sources.to_dicts()
    ]


def _iso(at: datetime) -> str:
    """A UTC time as text; a time without a zone is UTC already."""
    return (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)).isoformat().replace("+00:00", "Z")
