"""The bytes that were delivered, without one person; everything else in them stays as it was, line by line.

Not here: the cleaned rows (batch.py), which values are this person's (person.py).
"""

import gzip
import io
import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import polars as pl
import zstandard
from openpyxl import Workbook, load_workbook

from ingestion.cleaning.digest import key_digest
from ingestion.contracts.model import Entity
from ingestion.erasure.person import Person
from ingestion.readers.compression import decompress

ERASED = {"erased": True}
_SIGN = "*"


@dataclass(frozen=True)
class Redactor:
    """Redacts the originals of one feed.

    Attributes:
        source: The source system.
        entity: The feed.
        encoding: Of its text files.
        person: Who is taken out.
        secret: The configured key; the keys of some feeds are digests under it.
        is_kept: The person's records stay (they are a device's), without anything of the person.
    """

    source: str
    entity: Entity
    encoding: str
    person: Person
    secret: bytes
    is_kept: bool = False

    def redact(self, name: str, data: bytes) -> bytes:
        """One file; the same bytes when nothing of the person is in it."""
        suffix = PurePosixPath(name).suffix
        if suffix in {".gz", ".zst"}:
            plain = decompress(name, data)
            less = self.redact(name.removesuffix(suffix), plain)
            if less == plain:
                return data
            return gzip.compress(less) if suffix == ".gz" else zstandard.compress(less)
        kinds = {".json": self._page, ".parquet": self._table, ".xlsx": self._workbook}
        return kinds.get(suffix, self._lines)(data)

    def _lines(self, data: bytes) -> bytes:
        """A line of this person's record becomes empty, so that all others keep their number; elsewhere values are starred."""
        text = data.decode(self.encoding, errors="surrogateescape")
        keys = sorted(self.person.keys(self.source, self.entity.name), key=len, reverse=True)
        mine = re.compile("|".join(rf"(?<!\w){re.escape(key)}(?!\w)" for key in keys) or r"(?!)")
        less = [self._line(line, is_mine=bool(mine.search(line))) for line in text.splitlines(keepends=True)]
        return "".join(less).encode(self.encoding, errors="surrogateescape")

    def _line(self, line: str, *, is_mine: bool) -> str:
        if is_mine and not self.is_kept:
            return line[len(line.rstrip("\r\n")) :]
        return self._starred(line, is_mine=is_mine)

    def _page(self, data: bytes) -> bytes:
        """A page of an API: the person's objects become `{"erased": true}` in their places."""
        page = json.loads(data)
        rows = page.get("data") if isinstance(page, dict) else None
        if not isinstance(rows, list):
            return self._lines(data)
        less = {**page, "data": [self._object(row) for row in rows]}
        return data if less == page else json.dumps(less, ensure_ascii=False, separators=(",", ":")).encode()

    def _object(self, row: Any) -> Any:
        key = str(row.get(self.entity.key or "")) if isinstance(row, dict) else ""
        mine = self.person.keys(self.source, self.entity.name)
        if not isinstance(row, dict):
            return row
        if key in mine or (self._is_digested(mine) and key_digest(key, self.secret) in mine):
            return ERASED
        nested = {child.field: self._children(key, row.get(child.field)) for child in self.entity.children}
        return self._walk({**row, **{name: rows for name, rows in nested.items() if rows is not None}})

    def _children(self, key: str, rows: Any) -> Any:
        """Nested objects are known by their parent's key and their place, which the others keep."""
        mine = self.person.keys(self.source, self.entity.name)
        if not isinstance(rows, list):
            return rows
        return [ERASED if f"{key}#{place}" in mine else row for place, row in enumerate(rows)]

    def _walk(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._walk(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._walk(inner) for inner in value]
        return self._starred(value) if isinstance(value, str) else value

    def _table(self, data: bytes) -> bytes:
        """A Parquet file: values are starred."""
        frame = pl.read_parquet(io.BytesIO(data))
        texts = [name for name, kind in frame.schema.items() if kind == pl.String]
        less = frame.with_columns(frame[name].map_elements(self._starred, pl.String) for name in texts)
        if less.equals(frame):
            return data
        written = io.BytesIO()
        less.write_parquet(written)
        return written.getvalue()

    def _workbook(self, data: bytes) -> bytes:
        """A workbook of verdicts: the rows on this person's tasks become empty."""
        sheet = self.entity.sheet or ""
        rows = [list(row) for row in load_workbook(io.BytesIO(data), read_only=True)[sheet].iter_rows(values_only=True)]
        less = [[None] * len(row) if self.person.tasks & {str(cell) for cell in row} else self._walk(row) for row in rows]
        if less == rows:
            return data
        book, written = Workbook(write_only=True), io.BytesIO()
        page = book.create_sheet(sheet)
        for row in less:
            page.append(row)
        book.save(written)
        return written.getvalue()

    def _starred(self, text: str, *, is_mine: bool = False) -> str:
        pattern = self.person.whole_pattern if is_mine else self.person.pattern
        return pattern.sub(lambda found: _SIGN * len(found[0]), text)

    @staticmethod
    def _is_digested(keys: frozenset[str]) -> bool:
        return any(key.startswith("sm3:") for key in keys)
