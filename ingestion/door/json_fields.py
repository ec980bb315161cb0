"""Forbidden fields in JSON: taken out at any depth. Not here: reading what remains (readers)."""

import json
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from ingestion.contracts.model import SourceContract
from ingestion.readers.lines import newlines

WITHHELD = b"withheld"  # stands for a line that may hold a forbidden field but cannot be read


def may_hold_forbidden(data: bytes, contract: SourceContract) -> bool:
    """A quick look at the bytes; true also by chance, never false when a forbidden field is there."""
    fragments = contract.forbidden_fragments()
    looked_at = data if any(character.isdigit() for name in fragments for character in name) else _shapes(data)
    text = pl.Series([looked_at.decode("utf-8", errors="replace")])
    return bool(text.str.contains_any(fragments, ascii_case_insensitive=True).item()) or b"\\u" in looked_at


def _shapes(data: bytes) -> bytes:
    """The different lines without their digits: of a million messages, a few dozen. Names in them stay as they are."""
    bare = data.translate(None, b"0123456789")
    places = np.concatenate([[0], newlines(bare), [len(bare)]])
    lines = pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(places) - 1, [None, pa.py_buffer(places), pa.py_buffer(bare)])
    return b"".join(pl.Series(lines).unique().to_list())


def prune(value: Any, contract: SourceContract, dropped: set[str]) -> Any:
    """The value without forbidden fields; their names are added to `dropped`."""
    if isinstance(value, dict):
        dropped |= (found := {name for name in value if contract.is_forbidden(name)})
        return {name: prune(inner, contract, dropped) for name, inner in value.items() if name not in found}
    return [prune(inner, contract, dropped) for inner in value] if isinstance(value, list) else value


def clean_json(data: bytes, contract: SourceContract) -> tuple[bytes, list[str]]:
    """One JSON document without forbidden fields, and their names; the same bytes when there are none."""
    if not may_hold_forbidden(data, contract):
        return data, []
    dropped: set[str] = set()
    pruned = prune(json.loads(data), contract, dropped)
    return (json.dumps(pruned, ensure_ascii=False).encode(), sorted(dropped)) if dropped else (data, [])


def clean_ndjson(data: bytes, contract: SourceContract) -> tuple[bytes, list[str]]:
    """NDJSON without forbidden fields, line by line, and their names; the same bytes when there are none."""
    if not may_hold_forbidden(data, contract):
        return data, []
    dropped: set[str] = set()
    lines = [_clean_line(line, contract, dropped) for line in data.split(b"\n")]
    return (b"\n".join(lines), sorted(dropped)) if dropped else (data, [])


def _clean_line(line: bytes, contract: SourceContract, dropped: set[str]) -> bytes:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return WITHHELD if line.strip() else line
    mine: set[str] = set()
    pruned = prune(value, contract, mine)
    dropped |= mine
    return json.dumps(pruned, ensure_ascii=False).encode() if mine else line
