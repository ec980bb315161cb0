"""Writes the answers to all workbooks that came back, as a version tells them."""

from datetime import datetime
from pathlib import Path, PurePosixPath

from returns.receipt.workbook import answered_files, receipt, refusal
from returns.sheet.save import as_bytes, write_whole
from returns.version import Version


def write_receipts(version: Version, folder: Path, at: datetime) -> list[Path]:
    """One file a workbook, called after it; gives the paths."""
    verdict = version.table("verdict")
    paths = []
    for file in answered_files(verdict):
        path = folder / _name(file)
        write_whole(path, as_bytes(receipt(verdict, file, at), at))
        paths.append(path)
    return paths


def write_refusal(folder: Path, file: str, reason: str, at: datetime) -> Path:
    """The answer to one workbook that was refused as a whole; gives its path."""
    path = folder / _name(file)
    write_whole(path, as_bytes(refusal(file, reason, at), at))
    return path


def _name(file: str) -> str:
    return f"{PurePosixPath(file).stem}-处理回告.xlsx"
