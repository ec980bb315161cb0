"""A document: title, what it tells of, columns, rows of text. One document, two forms: workbook and PDF show the same words.

Not here: what stands in it (ledger.py, indicator.py), the forms (workbook.py, pdf.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from returns.sheet.layout import Column

_BLANK = "_" * 16  # room for a name by hand


@dataclass(frozen=True)
class Document:
    """One table on paper.

    Attributes:
        title: Its title.
        told: Whose it is, of when, and how many rows.
        columns: Its columns.
        rows: By column name; null: an empty cell.
        mark: Who made it and when: the watermark.
    """

    title: str
    told: str
    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]
    mark: str

    @property
    def end(self) -> list[str]:
        """The lines below the rows: that there are none, and who made, looked through and answers for it."""
        nothing = [] if self.rows else ["（没有符合条件的记录）"]
        return [*nothing, f"制表：{self.mark}　审核：{_BLANK}　负责人：{_BLANK}　（盖章）"]
