"""What a visit may correct, as the warehouse's own lists say (seeds correctable_field and correctable_value)."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Field:
    """A field that can be corrected.

    Attributes:
        subject: What it is about: resident or dwelling.
        label: What it is called in the workbook.
        example: How it is filled in.
        values: What may be chosen; empty: it is written.
    """

    subject: str
    label: str
    example: str
    values: tuple[str, ...]


def read_fields(folder: Path) -> list[Field]:
    """The fields, from the seeds below `folder`."""
    values: dict[str, list[str]] = {}
    for row in _rows(folder / "correctable_value.csv"):
        values.setdefault(row["field_code"], []).append(row["label_zh"])
    return [
        Field(row["subject"], row["label_zh"], row["example_zh"], tuple(values.get(row["field_code"], ())))
        for row in _rows(folder / "correctable_field.csv")
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
