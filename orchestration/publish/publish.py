"""Publishes a version: everything is written aside, flushed to the disk, renamed into place, and only then made current.

Killed at any step, the last good version stays current or the new one is: never a half. The steps are named in STEPS, and
the tests kill the process at each. Not here: what is checked before (expectations/gate.py).
"""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.publish.current import set_current
from orchestration.publish.durable import FOLDER_MODE, flush, flush_tree
from orchestration.publish.error import PublishError
from orchestration.publish.last_version import last_version
from orchestration.publish.layout import published_folder, version_folder
from orchestration.publish.manifest import write_manifest
from orchestration.publish.name import version_name
from orchestration.publish.record import remember
from orchestration.publish.request import PublishedVersion, PublishRequest
from orchestration.publish.retention import STAGING, clear_leftovers, newest_version, remove_old
from orchestration.publish.staging import Staging

STEPS = ("clear", "export", "changes", "audit", "manifest", "flush", "rename", "point", "retention", "done")


def publish(request: PublishRequest) -> PublishedVersion:
    """Publish what the database and the frames hold as a new version, and make it current.

    Raises:
        PublishError: when it could not be; the last good version stays current.
    """
    folder = published_folder(request.home)
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    with _told_plainly():
        request.on_step("clear")
        clear_leftovers(request.home)
        last = last_version(request.home)
        made_from = (request.inputs_digest, request.as_of.isoformat(), request.code_version)
        version = version_name(request.at, made_from, newest_version(request.home))
        staging = folder / f"{STAGING}{version}"
        try:
            staged = Staging(request, staging, version, last)
            staged.write()
            request.on_step("manifest")
            write_manifest(staging, version, last.name if last else None, request, staged.tables)
            _appear(request, staging, version)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        request.on_step("retention")
        remember(request.home)
        remove_old(request.home, request.keep)
        request.on_step("done")
    rows = {name: facts.rows for name, facts in staged.tables.items()}
    digests = {name: facts.sha256 for name, facts in staged.tables.items()}
    return PublishedVersion(version, rows, version_folder(request.home, version), digests)


def _appear(request: PublishRequest, staging: Path, version: str) -> None:
    """One rename shows the version whole, another makes it current."""
    request.on_step("flush")
    flush_tree(staging)
    request.on_step("rename")
    staging.rename(version_folder(request.home, version))
    flush(published_folder(request.home))
    request.on_step("point")
    set_current(request.home, version)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn what the disk or DuckDB refuses into one line that says what to do."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        full = getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT} or "no space left" in str(error).lower()
        reason = "the disk is full: free space under the warehouse's home folder" if full else _first_line(error)
        raise PublishError(f"nothing was published, and the last good version stays current: {reason}; then run again") from error


def _first_line(error: Exception) -> str:
    """The kind of an error and its first line; file names and table names, but no rows."""
    return f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}"
