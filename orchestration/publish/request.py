"""What publishing is given, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from expectations.report import GateReport
from orchestration.publish.record import Knowledge

Audit = Callable[[Mapping[str, Path]], GateReport]
DEFAULT_KEEP = 5


def _nothing(_step: str) -> None:
    """Nobody watches the steps."""


@dataclass(frozen=True)
class PublishRequest:
    """Everything a version holds, and where it came from.

    Attributes:
        home: the warehouse's home folder.
        database: the DuckDB file that dbt built; read only.
        frames: tables that Python made, by name (resident_vault, quality_result).
        nodes: dbt's manifest node of every published model, by name; `meta.grain` names its key.
        at: when the version is made, UTC.
        as_of: the date that it speaks of.
        engine: the engine that built it.
        code_version: the code that made it.
        inputs_digest: digest of all landed batches.
        run_id: the run that publishes.
        sources: one row a source with its state, as orchestration.warehouse.source_state gives it.
        knowledge: how far landing and the identity log went; null: the version cannot be made again.
        keep: how many versions stay.
        audit: checks the tables that are made while publishing; null: nobody does.
        on_step: told the name of every step before it is done; tests kill the process there.
    """

    home: Path
    database: Path
    frames: Mapping[str, pl.DataFrame]
    nodes: Mapping[str, Mapping[str, Any]]
    at: datetime
    as_of: date
    engine: str
    code_version: str
    inputs_digest: str
    run_id: str
    sources: pl.DataFrame
    knowledge: Knowledge | None = None
    keep: int = DEFAULT_KEEP
    audit: Audit | None = None
    on_step: Callable[[str], None] = _nothing


@dataclass(frozen=True)
class PublishedVersion:
    """A version that is current now.

    Attributes:
        version: its name.
        tables: rows by table.
        folder: where it stands.
        digests: SHA-256 of each table's file.
    """

    version: str
    tables: Mapping[str, int]
    folder: Path
    digests: Mapping[str, str]
