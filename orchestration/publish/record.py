"""What every version was made from, remembered for as long as the warehouse stands: `state/versions/<version>.json`.

A version is removed after a few more; its manifest stays here, so that its tables can be made again and compared.
Not here: making them again (orchestration/past).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from orchestration.publish.durable import FOLDER_MODE, write_by_rename
from orchestration.publish.layout import MANIFEST, version_folder, versions


@dataclass(frozen=True)
class Knowledge:
    """What a version knew: how far the two truths, landing and the identity log, went when it was made.

    Attributes:
        moment: the moment that the models were told, UTC.
        landing_sequence: number of the last landed batch; 0: none.
        identity_sequence: number of the last event of the identity log before the run's own; 0: none.
        rebuilds: the version whose knowledge was taken again; null for a run of its own day.
    """

    moment: datetime
    landing_sequence: int
    identity_sequence: int
    rebuilds: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The knowledge as plain data."""
        told = {"landing_sequence": self.landing_sequence, "identity_sequence": self.identity_sequence}
        return {"moment": self.moment.isoformat(), **told, "rebuilds": self.rebuilds}


@dataclass(frozen=True)
class VersionRecord:
    """One version as its manifest remembers it: `tables` holds the SHA-256 of each table's file, `sources` their state."""

    version: str
    run_id: str
    as_of: date
    knowledge: Knowledge
    tables: Mapping[str, str]
    sources: list[dict[str, Any]]


def remember(home: Path) -> None:
    """Keep the manifest of every version that stands here."""
    folder = home / "state" / "versions"
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    for version in versions(home):
        path = folder / f"{version}.json"
        if not path.exists():
            write_by_rename(path, (version_folder(home, version) / MANIFEST).read_text(encoding="utf-8"))


def version_records(home: Path) -> list[VersionRecord]:
    """Every version that can be made again, the oldest first; those of which it is not told how much they knew are left out."""
    paths = {path.stem: path for path in (home / "state" / "versions").glob("*.json")}
    paths |= {version: version_folder(home, version) / MANIFEST for version in versions(home)}
    found = (_record(paths[version]) for version in sorted(paths))
    return [record for record in found if record is not None]


def _record(path: Path) -> VersionRecord | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        knowledge = dict(told["knowledge"])
        moment = datetime.fromisoformat(knowledge.pop("moment"))
        tables = {name: facts["sha256"] for name, facts in told["tables"].items()}
        as_of, run_id = date.fromisoformat(told["as_of"]), str(told["run_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return VersionRecord(told["version"], run_id, as_of, Knowledge(moment, **knowledge), tables, told.get("sources", []))
