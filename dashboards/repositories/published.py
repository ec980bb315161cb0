"""Which version is current, and what its manifest says. Not here: its tables (database.py)."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

NOT_WHOLE = "当前版本的数据不完整，请联系系统管理员核对发布目录。"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")


class NoVersionError(Exception):
    """Nothing has been published yet, or what CURRENT names cannot be read. The text is Chinese and may be shown."""


@dataclass(frozen=True)
class StaleSource:
    """A source that the last run did not reach; `since` null: never reached."""

    source: str
    since: datetime | None


@dataclass(frozen=True)
class Version:
    """One published version; `as_of` null: the manifest does not say."""

    name: str
    folder: Path
    as_of: date | None
    created_at: datetime | None
    stale: tuple[StaleSource, ...]

    @property
    def database(self) -> Path:
        """The serving database; its path changes with every version, so no process keeps an old one open under a new name."""
        return self.folder / "serving.duckdb"


def current_version(home: Path | None) -> Version:
    """The version that `published/CURRENT` names at this moment.

    Raises:
        NoVersionError: No home, no CURRENT, or a version that is not whole.
    """
    if home is None:
        raise NoVersionError("服务未配置数据目录，请联系系统管理员。")
    published = home / "published"
    try:
        name = (published / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise NoVersionError("还没有发布任何数据。首次运行完成并通过检查后，这里会自动显示。") from error
    except UnicodeDecodeError as error:
        raise NoVersionError(NOT_WHOLE) from error
    folder = published / name
    if not _NAME.fullmatch(name) or not (folder / "serving.duckdb").is_file():
        raise NoVersionError(NOT_WHOLE)
    try:
        return _told(folder, (folder / "manifest.json").stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        raise NoVersionError("当前版本的说明文件无法读取，请联系系统管理员核对发布目录。") from error


@lru_cache(maxsize=16)
def _told(folder: Path, _changed_ns: int) -> Version:
    """What the manifest says; read again only when it was written again."""
    return _version(folder.name, folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def _version(name: str, folder: Path, manifest: dict[str, Any]) -> Version:
    as_of = manifest.get("as_of")
    return Version(
        name=name,
        folder=folder,
        as_of=date.fromisoformat(str(as_of)[:10]) if as_of else None,
        created_at=_moment(manifest.get("created_at")),
        stale=tuple(
            StaleSource(s["source"], _moment(s.get("stale_since"))) for s in manifest.get("sources", []) if s.get("is_stale")
        ),
    )


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
