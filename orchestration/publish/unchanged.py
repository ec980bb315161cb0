"""Whether a run would publish what is published already.

Not here: the digest of the inputs (ingestion.landing.ledger) or of the code (orchestration.warehouse.code_version).
"""

from datetime import date
from pathlib import Path

import polars as pl

from orchestration.publish.current import ManifestError, current_version, read_manifest
from orchestration.publish.manifest import source_states


def is_unchanged(home: Path, inputs_digest: str, as_of: date, code_version: str, sources: pl.DataFrame) -> bool:
    """True when the current version was made from these inputs, for this date, by this code, and tells who is stale.

    Args:
        home: the warehouse's home folder.
        inputs_digest: digest of all landed batches.
        as_of: the business date.
        code_version: the code that would make the version.
        sources: one row a source with its state; a source that fell silent, or answers again, must be told in a version.
    """
    version = current_version(home)
    if version is None:
        return False
    try:
        manifest = read_manifest(home, version)
    except ManifestError:
        return False
    made_from = (manifest.get("inputs_digest"), manifest.get("as_of"), manifest.get("code_version"))
    told = {(state["source"], state["stale_since"]) for state in manifest.get("sources", [])}
    now = {(state["source"], state["stale_since"]) for state in source_states(sources)}
    return made_from == (inputs_digest, as_of.isoformat(), code_version) and told == now
