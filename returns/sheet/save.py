"""A workbook as bytes and as a file that appears whole and is its owner's alone."""

import io
import os
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook


def as_bytes(book: Workbook, at: datetime) -> bytes:
    """The workbook; the same content at the same moment gives the same bytes but for the zip's own times."""
    book.properties.creator = book.properties.lastModifiedBy = "一档"
    book.properties.created = book.properties.modified = at.replace(tzinfo=None)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def write_whole(path: Path, data: bytes) -> None:
    """Write aside, flush, rename; mode 0600.

    Raises:
        ValueError: the folder is not there.
    """
    if not path.parent.is_dir():
        raise ValueError(f"文件夹不存在：{path.parent}；请先建立")
    aside = path.with_name(f".{path.name}.new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
