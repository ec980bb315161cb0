"""Pulling one source, whatever its kind: the way into ingestion for orchestration.

Not here: the ways of pulling (pulling), protocols (connectors), formats (readers), keeping (landing).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ingestion.atomic import locked, make_folder
from ingestion.contracts.loader import load_contracts
from ingestion.contracts.model import SourceContract
from ingestion.landing.delivery import BatchReceipt
from ingestion.landing.empty import ensure_empty
from ingestion.landing.landing import Landing
from ingestion.landing.source_state import note_source
from ingestion.live.spool import spool_root
from ingestion.pulling.batch_folder import pull_batch_folder
from ingestion.pulling.database import pull_database
from ingestion.pulling.folder import pull_folder
from ingestion.pulling.rest import pull_rest
from ingestion.pulling.run import PullRun
from ingestion.refusal import UnreachableError
from ingestion.settings import Settings, SourceSettings
from ingestion.street_time import street_day

WAYS: dict[str, Callable[[PullRun], None]] = {
    "database": pull_database,
    "batch_folder": pull_batch_folder,
    "rest": pull_rest,
    "folder": pull_folder,
}


@dataclass(frozen=True)
class SourcePull:
    """What one pull found.

    `receipts`: new batches only. `refused`: one clear line for everything that was refused as a whole. `notes`: what was no news
    and why. `held`: one line for every delivery that looks unlike those before it; while there is one, nothing may be published.
    `unusual`: one line for every figure of a delivery that is beyond what earlier ones let expect; it landed all the same.
    `is_reached` false: the source did not answer, `message` says how, and what was landed earlier stays in use.
    """

    source: str
    receipts: list[BatchReceipt] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    is_reached: bool = True
    message: str = ""
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    unusual: list[str] = field(default_factory=list)


def pull_source(
    contract: SourceContract,
    settings: Settings,
    at: datetime,
    progress: Callable[[str], None] | None = None,
    *,
    accepted: frozenset[str] = frozenset(),
    below: str = "",
) -> SourcePull:
    """Pull what is new from one source and land it; never raises for what the source does wrong.

    `at`: the moment of the run (UTC), which becomes the time of arrival of every batch. A source without settings gives an empty
    pull. `progress` is told a line now and then. `accepted`: codes of strange things that people let through. `below`: where the
    files of a folder must lie to be looked at; what such a pull finds says nothing about how fresh the source is.
    """
    started = time.monotonic()
    home = make_folder(settings.warehouse.home)
    ensure_empty(home, load_contracts().values())
    source = settings.sources.get(contract.source) or _of_the_desk(home, contract)
    if source is None:
        return SourcePull(contract.source, message="not configured")
    as_of = settings.warehouse.as_of or street_day(at)
    with locked(home, f"pull-{contract.source}"):
        landing = Landing(home, at, as_of, settings.security.key)
        run = PullRun(contract, source, landing, at, progress or _say_nothing, accepted, below)
        is_reached, message = _pull(run)
        if not below:
            note_source(home, contract.source, at, is_reached=is_reached, message=message)
    seconds = round(time.monotonic() - started, 3)
    found = run.notes, run.held, run.unusual
    return SourcePull(contract.source, run.receipts, run.refused, is_reached, message, seconds, *found)


def _of_the_desk(home: Path, contract: SourceContract) -> SourceSettings | None:
    """For a source that is not configured, the folder in which people's answers lie; null when there is none."""
    root = spool_root(home, contract.source)
    is_folder = "file" in contract.connector.schemes
    return SourceSettings(url=root.as_uri()) if is_folder and root.is_dir() else None


def _pull(run: PullRun) -> tuple[bool, str]:
    """Whether the source was reached, and the outcome in a few words."""
    try:
        WAYS[run.contract.connector.kind](run)
    except UnreachableError as error:
        return False, f"{run.contract.source} was not reached: {error}"
    words = f"{len(run.receipts)} new batches" if run.receipts else "nothing new"
    refused = f", {len(run.refused)} refused" if run.refused else ""
    held = f", {len(run.held)} held" if run.held else ""
    return True, words + refused + held


def _say_nothing(_: str) -> None:
    """For callers that show no progress."""
