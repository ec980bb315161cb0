"""Opens one sheet of a workbook that came from outside, in a child process with limits.

Not here: what is looked at (archive.py, sheet.py), the sentences (limits.yaml), the columns (ingestion/readers/workbook.py).
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingestion.refusal import RefusedError

_CHILD = "ingestion.workbook.child"


@dataclass(frozen=True)
class Sheet:
    """A sheet as text.

    Attributes:
        name: What it is called.
        rows: Lists of cells (null: empty); all of one length.
        merged: Numbers of rows (from 1) in which a merged range ends.
    """

    name: str
    rows: list[list[str | None]]
    merged: list[int]


def open_sheet(data: bytes, name: str) -> Sheet:
    """The cells of the sheet called `name`.

    Raises:
        RefusedError: one line in Chinese, for whoever filled it in.
    """
    limits = book()["limits"]
    if len(data) > limits["file_bytes"]:
        raise refusal("file_bytes", sheet=name, most=limits["file_bytes"] // 1_000_000)
    order = json.dumps({"sheet": name, "limits": limits, "parts": book()["parts"]})
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", "-m", _CHILD],
            input=order.encode() + b"\n" + data,
            capture_output=True,
            timeout=limits["seconds"],
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refusal("seconds", most=limits["seconds"]) from None
    answer = _answer(done, limits)
    if "refused" in answer:
        raise refusal(answer["refused"], **answer["told"])
    return Sheet(name, answer["rows"], answer["merged"])


def _answer(done: subprocess.CompletedProcess[bytes], limits: dict[str, int]) -> dict[str, Any]:
    """What the child said; a child that died had reached one of its limits."""
    if done.returncode == 0:
        return dict(json.loads(done.stdout))
    if b"memory allocation" in done.stderr or b"MemoryError" in done.stderr:
        return {"refused": "memory", "told": {"most": limits["memory_bytes"] // 1_000_000}}
    return {"refused": "unreadable", "told": {"detail": f"exit {done.returncode}"}}


def refusal(code: str, **told: Any) -> RefusedError:
    """The refusal with this code, in words."""
    return RefusedError(str(book()["texts"][code]).format(**told))


@cache
def book() -> dict[str, Any]:
    """limits.yaml."""
    return dict(yaml.safe_load((Path(__file__).parent / "limits.yaml").read_text(encoding="utf-8")))
