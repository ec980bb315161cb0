"""A clean street with planted defects, as the five source systems would hand it over. Not here: the kinds, or what finds them."""

import dataclasses
import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.defects.kind import Kind
from benchmarks.defects.plant import Garden, Planted, as_frame
from ingestion.demo.files.civil_files import write_civil
from ingestion.demo.files.device_files import write_register
from ingestion.demo.files.feedback_files import write_feedback
from ingestion.demo.files.police_files import PoliceKind, write_batch
from ingestion.demo.files.property_tables import write_property
from ingestion.demo.street import Street
from ingestion.demo.write import civil_of, write_sources

BAD_BYTES = b"\xff\xff"
EXTRA = {"device.workorders": 40, "device.telemetry": 400}  # rows of these feeds to copy defects from
VERDICT = {"verdict": "确认", "checked_by": "网格员", "checked_at": "2026-11-20 09:00"}


def sow(street: Street, kinds: Sequence[Kind], folder: Path) -> Garden:
    """Write the street's sources with the kinds planted; gives what was planted where."""
    tables = {name: frame.to_dicts() for name, frame in street.tables.items()}
    write_sources(street, folder)  # orders and messages are made while writing: they are read back to be copied
    tables |= {"device.workorders": _orders(folder), "device.telemetry": _messages(folder, street.day)}
    tables["feedback.verdict"] = [{"task_id": f"t{n}", **VERDICT} for n in range(24)]
    sizes = {name: len(rows) for name, rows in tables.items()}
    garden = Garden(tables, street.seed)
    # Some elders of the street that nobody soiled have no address: theirs is a defect that stands there already.
    elders = tables["civil.elderly-services"]
    garden.touched |= {("civil.elderly-services", str(row["recordId"])) for row in elders if not row["address"]}
    garden.plant(kinds)
    planted = {name: as_frame(garden.tables[name], frame) for name, frame in street.tables.items()}
    (folder / "property" / "housing.db").unlink()
    _write_again(dataclasses.replace(street, tables=planted), folder)
    for feed in ("device.workorders", "device.telemetry"):
        _write_extra(folder, street.day, feed, garden.tables[feed][sizes[feed] :])
    _write_verdicts(folder, garden, sizes["feedback.verdict"])
    _write_lines(folder, street.day, garden, kinds)
    del garden.tables["feedback.verdict"][: sizes["feedback.verdict"]]  # never sent: they only were the pattern
    return garden


def _write_again(street: Street, folder: Path) -> None:
    """Write the tables of the street anew, less orders and messages; the truth beside them stays that of the clean street."""
    write_property(street.tables, folder)
    kinds = [PoliceKind(name, True, street.tables[f"police.{name}"]) for name in ("BZDZ", "SYRK")]
    write_batch(folder / "police", street.day, kinds, street.seed)
    write_civil(civil_of(street), folder)
    write_register(street.tables["device.register"], folder / "device", street.day, street.seed, repeated=0.0)


def _orders(folder: Path) -> list[dict[str, Any]]:
    path = next((folder / "device" / "workorders").glob("*.ndjson"))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][: EXTRA["device.workorders"]]


def _messages(folder: Path, day: date) -> list[dict[str, Any]]:
    path = next((folder / "device" / "telemetry" / f"dt={day}" / "hour=03").glob("*.ndjson"))
    lines = path.read_text(encoding="utf-8").splitlines()[: EXTRA["device.telemetry"]]
    return [{"ev": None, "val": None} | json.loads(line) for line in lines]


def _write_extra(folder: Path, day: date, feed: str, rows: Iterable[dict[str, Any]]) -> None:
    lines = "".join(json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False) + "\n" for row in rows)
    if feed == "device.workorders":
        (folder / "device" / "workorders" / f"workorders_{day:%Y%m}01.ndjson").write_text(lines, encoding="utf-8")
    else:
        path = folder / "device" / "telemetry" / f"dt={day}" / "hour=03" / "part-9001.ndjson.gz"
        path.write_bytes(gzip.compress(lines.encode(), mtime=0))


def _write_verdicts(folder: Path, garden: Garden, size: int) -> None:
    """Write the planted verdicts as a workbook; their keys follow from its bytes and their rows."""
    path = write_feedback(folder / "feedback" / "checked.xlsx", garden.tables["feedback.verdict"][size:])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    row = 1
    for place, found in enumerate(garden.planted):
        if found.feed == "feedback.verdict":
            row += 1
            garden.planted[place] = dataclasses.replace(found, key=f"{digest}#{row}")


def _write_lines(folder: Path, day: date, garden: Garden, kinds: Sequence[Kind]) -> None:
    """Put broken lines behind the rows of their files, and let the manifest of the police know of them."""
    places = {
        "police.SYRK": sorted((folder / "police" / f"{day:%Y%m%d}").glob("SYRK_*"))[-1],
        "device.telemetry": folder / "device" / "telemetry" / f"dt={day}" / "hour=03" / "part-0001.ndjson",
        "device.register": folder / "device" / "register" / f"devices_{day:%Y%m%d}.ndjson",
    }
    for kind in (kind for kind in kinds if kind.lines):
        path, ending = places[kind.feed], "\r\n" if kind.feed == "police.SYRK" else "\n"
        for n in range(kind.rows):
            mark = f"{kind.kind.upper()}-{n:04d}"
            text = kind.lines[n % len(kind.lines)].replace("PLANTED{n}", mark).replace("{{", "{")
            encoding = "gb18030" if kind.feed == "police.SYRK" else "utf-8"
            with path.open("ab") as file:
                file.write((text + ending).encode(encoding).replace(b"{bad}", BAD_BYTES))
            garden.planted.append(Planted(kind.kind, kind.feed, mark, mark))
    _tell_manifest(places["police.SYRK"], sum(kind.rows for kind in kinds if kind.lines and kind.feed == "police.SYRK"))


def _tell_manifest(path: Path, more: int) -> None:
    manifest = next(path.parent.glob("MANIFEST_*.csv"))
    lines = manifest.read_bytes().decode("gb18030").splitlines()
    told = next(line for line in lines if line.startswith(path.name))
    rows = int(told.split(",")[1]) + more
    lines[lines.index(told)] = f"{path.name},{rows},{hashlib.sha256(path.read_bytes()).hexdigest()}"
    manifest.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))
