"""One package: workbook and monthly report for people, Parquet for systems, and a manifest with digests, zipped.

Not here: sealing and keeping it (shelf.py), what may be in it (item.py).
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from returns.clock import on_paper
from returns.package.item import Item, catalogue
from returns.package.score import completeness, timeliness
from returns.receiver import Receiver
from returns.report.indicator import indicator_report
from returns.report.ledger import ledger
from returns.report.pdf import as_pdf
from returns.report.workbook import as_workbook
from returns.sheet.label import Labels
from returns.sheet.save import as_bytes
from returns.version import Version

MANIFEST, WORKBOOK, REPORT = "manifest.json", "数据返还.xlsx", "指标月报.pdf"
_STILL = (1980, 1, 1, 0, 0, 0)  # the zip's own times tell nothing


@dataclass(frozen=True)
class Made:
    """For which month a package is made, at which moment (UTC), and on which business date: a version's age is counted to it."""

    period: str
    at: datetime
    today: date


@dataclass(frozen=True)
class Package:
    """A package that nobody has yet.

    Attributes:
        package_id: Version, receiver, area and period in one name.
        manifest: What it holds, with digests and scores.
        data: The zip's bytes.
    """

    package_id: str
    manifest: dict[str, Any]
    data: bytes


def make_package(version: Version, receiver: Receiver, labels: Labels, made: Made) -> Package:
    """What a receiver may have of a version.

    Args:
        version: The published version.
        receiver: Who gets it.
        labels: What codes are called.
        made: For which month, and when.

    Raises:
        ValueError: the receiver may have nothing, or the version tells nothing of that month.
    """
    period, at = made.period, made.at
    items = catalogue().of(receiver)
    if not items:
        raise ValueError(f"数据返还目录中没有可提供给{receiver.rights.name}的内容")
    rows = {code: item.rows(version, receiver) for code, item in items.items()}
    files = {f"{code}.parquet": _parquet(frame) for code, frame in rows.items()}
    mark = f"{receiver.rights.name} {receiver.area_name} {on_paper(at)}"
    documents = [indicator_report(version, receiver, period, mark)]
    documents += [ledger(item, version, receiver, labels, mark) for item in items.values()]
    files[WORKBOOK] = as_bytes(as_workbook(documents), at)
    files[REPORT] = as_pdf(documents[:1], at)
    age = (made.today - version.as_of).days
    package_id = f"{version.name}_{receiver.role}_{receiver.area_code}_{period}"
    manifest = {
        "package_id": package_id,
        "version": version.name,
        "as_of": version.as_of.isoformat(),
        "made_at": at.isoformat(timespec="seconds"),
        "period": period,
        "receiver": receiver.role,
        "area_code": receiver.area_code,
        "items": {code: _told(item, rows[code], version, age) for code, item in items.items()},
        "files": {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()},
    }
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    return Package(package_id, manifest, _zip(files))


def _told(item: Item, rows: pl.DataFrame, version: Version, age_days: int) -> dict[str, Any]:
    return {
        "name": item.name,
        "basis": [catalogue().basis[code] for code in item.basis],
        "rows": rows.height,
        "completeness": completeness(item, rows),
        "timeliness": timeliness(item, version, age_days),
    }


def _parquet(frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.write_parquet(written, compression="zstd")
    return written.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _STILL), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()
