"""The manifest of a batch: what is in the folder, with digests, written last. Not here: the folder itself (batch_folder)."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

NAME = "manifest.json"


class FileEntry(BaseModel):
    """Size and SHA-256 of one file of a batch."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    bytes: int
    sha256: str


class Counts(BaseModel):
    """Rows of a batch or of one kind of child; read = loaded + rejected + deduplicated."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    read_rows: int
    loaded_rows: int
    rejected_rows: int
    deduplicated_rows: int = 0

    def adds_up(self) -> bool:
        """Whether every row is accounted for."""
        return self.read_rows == self.loaded_rows + self.rejected_rows + self.deduplicated_rows


class Newest(BaseModel):
    """The newest update time of a batch: in UTC, and as the source wrote it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    at: datetime
    text: str


class Manifest(BaseModel):
    """Everything about one batch; times are UTC with a zone, `newest` null: the feed has no update time.

    `days`: the days that its messages speak of; none for what is no telemetry. `replays`: the batch whose refused lines
    (`replayed_lines`) these rows are, after a rule was mended; null: rows that a source delivered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    entity: str
    batch_id: str
    file: str
    digest: str
    identity: str
    received_at: datetime
    sequence: int
    counts: Counts
    children: dict[str, Counts] = {}
    is_full: bool = False
    snapshot_id: str | None = None
    snapshot_part: int | None = None
    snapshot_parts: int | None = None
    dropped_columns: list[str] = []
    newest: Newest | None = None
    days: list[date] = []
    replays: str | None = None
    replayed_lines: list[int] = []
    contract_version: int
    cleaning_version: str
    files: dict[str, FileEntry] = {}

    def to_bytes(self) -> bytes:
        """JSON with a digest of itself at its end."""
        content = self.model_dump(mode="json")
        return json.dumps({**content, "manifest_digest": _digest(content)}, ensure_ascii=False, indent=1).encode()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a batch folder; raises ValueError when it is missing, damaged or was changed by hand."""
    path = folder / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        stated = content.pop("manifest_digest")
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ValueError(f"{path}: not a readable manifest ({type(error).__name__})") from None
    if stated != _digest(content):
        raise ValueError(f"{path}: the manifest was changed after it was written")
    return Manifest.model_validate(content)


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
