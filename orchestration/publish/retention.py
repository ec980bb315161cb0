"""Which versions stay: the newest few, and always the current one.

Not here: what a version holds.
"""

import shutil
from pathlib import Path

from orchestration.publish.current import current_version
from orchestration.publish.layout import HIDDEN, published_folder, version_folder, versions

STAGING, TRASH = ".staging-", ".trash-"


def kept_versions(home: Path, keep: int, coming: str | None = None) -> list[str]:
    """The newest `keep` versions, counting one that is about to come, and the current one; the oldest first."""
    names = sorted({*versions(home), *([coming] if coming else [])})
    current = current_version(home)
    return [name for name in names if name in names[-max(1, keep) :] or name == current]


def newest_version(home: Path) -> str | None:
    """The name that a coming version must sort after; null before the first."""
    return max([*versions(home), current_version(home) or ""]) or None


def remove_old(home: Path, keep: int) -> None:
    """Remove every version that is not kept; readers that have its files open keep them."""
    kept = kept_versions(home, keep)
    for name in versions(home):
        if name not in kept:
            remove_version(home, name)


def remove_version(home: Path, version: str) -> None:
    """Remove one version whole: it is renamed out of sight first, so that no half of it is ever seen."""
    trash = published_folder(home) / f"{TRASH}{version}"
    version_folder(home, version).rename(trash)
    shutil.rmtree(trash)


def clear_leftovers(home: Path) -> None:
    """Remove what a killed run left: half-written and half-removed versions, and whole ones newer than the current.

    Without a pointer nothing whole is removed: whoever lost CURRENT can still write a name into it.
    """
    for path in published_folder(home).glob(f"{HIDDEN}*"):
        if path.name.startswith((STAGING, TRASH)):
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    current = current_version(home)
    for name in versions(home):
        if current is not None and name > current:
            remove_version(home, name)
