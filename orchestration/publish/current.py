"""Which version is current, and what its manifest says.

Not here: how a version comes about (publish.py).
"""

import json
from pathlib import Path
from typing import Any

from orchestration.publish.durable import write_by_rename
from orchestration.publish.layout import CURRENT, MANIFEST, published_folder, version_folder


class ManifestError(Exception):
    """A manifest is missing or cannot be read; the message names the version and what to do."""


def current_version(home: Path) -> str | None:
    """The name of the current version; null before the first."""
    pointer = published_folder(home) / CURRENT
    return pointer.read_text(encoding="utf-8").strip() or None if pointer.is_file() else None


def read_manifest(home: Path, version: str) -> dict[str, Any]:
    """The manifest of a version.

    Raises:
        ManifestError: when it is missing or not JSON.
    """
    path = version_folder(home, version) / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ManifestError(f"published/{version}/{MANIFEST} is missing: publish anew with `yidang run`") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(f"published/{version}/{MANIFEST} is damaged: publish anew with `yidang run`") from error
    return manifest


def set_current(home: Path, version: str) -> None:
    """Let readers see a version from now on; those that read the old one go on undisturbed."""
    write_by_rename(published_folder(home) / CURRENT, version + "\n")
