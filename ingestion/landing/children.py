"""Rows nested in a field of their parent, as raw rows of their own. Not here: cleaning them (landing)."""

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from ingestion.cleaning.schema import ChildSpec
from ingestion.contracts.model import Child
from ingestion.readers.reading import text_schema

POSITION = "position"


def child_rows(parents: pl.DataFrame, child: Child, spec: ChildSpec) -> pl.DataFrame:
    """One row an object of the list, with its position from 0, the copied columns and the line of its parent.

    An entry that is no object, and a field that is no list, gives one row without values: cleaning decides about it.
    """
    columns = [name for name in [*spec.copied, spec.column] if name in parents.columns]
    rows = [
        {**{name: parent.get(name) for name in spec.copied}, POSITION: str(position), **values, "_line": parent["_line"]}
        for parent in parents.select(*columns, "_line").iter_rows(named=True)
        for position, values in _objects(parent.get(spec.column), child.fields)
    ]
    return pl.DataFrame(rows, schema={**text_schema([*spec.copied, POSITION, *child.fields]), "_line": pl.Int64()})


def _objects(text: str | None, fields: list[str]) -> Iterator[tuple[int, dict[str, str | None]]]:
    found = json.loads(text) if text else []
    for position, value in enumerate(found if isinstance(found, list) else [found]):
        yield position, {name: as_text(value.get(name)) if isinstance(value, dict) else None for name in fields}


def as_text(value: Any) -> str | None:
    """A JSON value as text: strings as they are, null as null, all else as JSON."""
    return value if isinstance(value, str) or value is None else json.dumps(value, ensure_ascii=False)
