"""Whether a run would publish what is published already.

Not here: the digest of the inputs (ingestion.landing.ledger) or of the code (orchestration.warehouse.code_version).
"""

from datetime import date
from pathlib import Path

from orchestration.publish.current import ManifestError, current_version, read_manifest


def is_unchanged(home: Path, inputs_digest: str, as_of: date, code_version: str) -> bool:
    """True when the current version was made from these inputs, for this date, by this code."""
    version = current_version(home)
    if version is None:
        return False
    try:
        manifest = read_manifest(home, version)
    except ManifestError:
        return False
    made_from = (manifest.get("inputs_digest"), manifest.get("as_of"), manifest.get("code_version"))
    return made_from == (inputs_digest, as_of.isoformat(), code_version)
