"""Civil affairs' resources as JSON files, one list a resource, in the shape that the API answers in."""

import json
import random
from pathlib import Path
from typing import Any

import polars as pl

from ingestion.demo.chance import dice

RESOURCES = ("assistance-cases", "disability-certificates", "elderly-services", "children-in-need")
UNKNOWN_FIELDS = [("dataVersion", "2.3"), ("operatorDept", "社会事务科"), ("syncBatch", 7), ("extra", {"channel": "窗口"})]


def civil_records(tables: dict[str, pl.DataFrame], seed: int, unknown: float) -> dict[str, list[dict[str, Any]]]:
    """Nested records by resource, oldest change first; the given share carries a field that nobody announced."""
    members: dict[str, list[dict[str, Any]]] = {}
    for row in _visible(tables["civil.members"]):
        case = row.pop("caseId")
        row.pop("position")
        members.setdefault(case, []).append(row)
    records: dict[str, list[dict[str, Any]]] = {}
    for resource in RESOURCES:
        rows = [_nest(resource, row, members) for row in _visible(tables[f"civil.{resource}"])]
        key = next(iter(rows[0])) if rows else ""
        records[resource] = [
            _extended(row, dice(seed, f"civil.files.{row[key]}"), unknown)
            for row in sorted(rows, key=lambda row: (row["modifiedAt"], row[key]))
        ]
    return records


def write_civil(records: dict[str, list[dict[str, Any]]], folder: Path) -> Path:
    """Write `civil/<resource>.json`; returns the folder."""
    root = folder / "civil"
    root.mkdir(parents=True, exist_ok=True)
    for resource, rows in records.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        whole = root / f"{resource}.json.part"
        whole.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        whole.replace(root / f"{resource}.json")
    return root


def _visible(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return frame.select(column for column in frame.columns if not column.startswith("_")).to_dicts()


def _nest(resource: str, row: dict[str, Any], members: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    if resource == "assistance-cases":
        row["members"] = members.get(row["caseId"], [])
    if resource == "elderly-services":
        name, phone = row.pop("contactName"), row.pop("contactPhone")
        row["emergencyContact"] = {"name": name, "phone": phone} if name else None
    return row


def _extended(row: dict[str, Any], rng: random.Random, unknown: float) -> dict[str, Any]:
    if rng.random() < unknown:
        name, value = rng.choice(UNKNOWN_FIELDS)
        return {**row, name: value}
    return row
