"""One published version as returns read it: its tables, its date, its sources. Not here: writing or verifying one."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl


@dataclass(frozen=True)
class Version:
    """A published version.

    Attributes:
        folder: Where it lies (`published/<name>`).
    """

    folder: Path

    @property
    def name(self) -> str:
        """What it is called."""
        return self.folder.name

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What its manifest says."""
        told: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return told

    @property
    def as_of(self) -> date:
        """The business date."""
        return date.fromisoformat(str(self.manifest["as_of"])[:10])

    @property
    def created_at(self) -> datetime:
        """When it was published (UTC)."""
        return datetime.fromisoformat(str(self.manifest["created_at"]))

    @property
    def stale_sources(self) -> frozenset[str]:
        """Sources that the run did not reach."""
        return frozenset(source["source"] for source in self.manifest["sources"] if source["is_stale"])

    def table(self, name: str) -> pl.DataFrame:
        """A table; raises ValueError when this version has none of that name."""
        path = self.folder / "tables" / f"{name}.parquet"
        if not path.is_file():
            raise ValueError(f"当前版本没有 {name} 表，请先运行 yidang run 发布新版本")
        return pl.read_parquet(path)


def current(home: Path) -> Version:
    """The version that `published/CURRENT` names; raises ValueError when nothing has been published."""
    try:
        name = (home / "published" / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        raise ValueError("还没有发布过任何版本，请先运行 yidang run") from None
    return Version(home / "published" / name)
