"""The version of the code that makes a published version: its number and a digest of what decides the outcome."""

import hashlib
from functools import cache
from importlib.metadata import version

from orchestration.warehouse.project import ROOT, project_digest

DECIDING = ("ingestion", "identity", "expectations", "orchestration")


@cache
def code_version() -> str:
    """For example `0.1.0+3f9c2a7b51de`: a changed rule makes a new version although the sources did not change."""
    digest = hashlib.sha256(project_digest().encode())
    for folder in DECIDING:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".yaml", ".csv"}:
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version('yidang')}+{digest.hexdigest()[:12]}"
