"""Lays out the home folder as it stood when an earlier version was made: its batches and its part of the identity log.

Nothing is copied: batches and segments never change, so that links to them will do. Not here: which version (past.py).
"""

import json
import shutil
from pathlib import Path

from identity.log.identity_log import IdentityLog
from ingestion.contracts.loader import load_contracts
from ingestion.landing.empty import ensure_empty
from ingestion.landing.ledger import read_manifests
from orchestration.past.past import Past
from orchestration.publish.durable import FOLDER_MODE

ACCEPTED = Path("state", "accepted_checks.json")
SOURCES = Path("state", "sources.json")
LOG = Path("identity", "log")


def lay_out(home: Path, past: Past) -> None:
    """Make the folder of an earlier knowledge anew from what the home folder holds."""
    known = past.record.knowledge
    remove(past)
    ensure_empty(past.home, load_contracts().values())
    for batch in read_manifests(home):
        if batch.sequence <= known.landing_sequence:
            _link(home, past.home, Path("landing", batch.source, batch.entity, f"batch={batch.batch_id}"))
    for segment in IdentityLog(home / LOG).segments(known.identity_sequence):
        _link(home, past.home, LOG / segment.name)
    (past.home / SOURCES).parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    states = {state["source"]: {k: v for k, v in state.items() if k != "source"} for state in past.record.sources}
    (past.home / SOURCES).write_text(json.dumps(states), encoding="utf-8")
    if (home / ACCEPTED).exists():
        _link(home, past.home, ACCEPTED)


def remove(past: Past) -> None:
    """Remove what was laid out and built from it."""
    shutil.rmtree(past.home, ignore_errors=True)


def _link(home: Path, past: Path, place: Path) -> None:
    (past / place).parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    (past / place).symlink_to((home / place).resolve())
