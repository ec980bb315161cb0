"""The answers that senders get without asking: after each run, below `<home>/returns/receipt`.

Not here: what stands in them (returns/receipt).
"""

from datetime import datetime
from pathlib import Path

from ingestion.contracts.model import SourceContract
from ingestion.pull import SourcePull

FOLDER = Path("returns") / "receipt"
BY = "run"  # in the receipt log


def tell_refused(home: Path, contract: SourceContract, found: SourcePull, at: datetime) -> None:
    """One answer a workbook that was refused as a whole; other feeds have no sender who fills in by hand."""
    if not found.refused or not any(entity.sheet for entity in contract.entities):
        return
    from returns.receipt.write import write_refusal  # noqa: PLC0415 - openpyxl only when there is something to tell

    for line in found.refused:
        file, _, reason = line.removeprefix(f"{contract.source} ").partition(": ")
        write_refusal(_folder(home), file, reason, at)


def tell_rows(home: Path, found: list[SourcePull], at: datetime) -> int:
    """The answers to all workbooks, when this run brought a new one; how many were written."""
    if not any(receipt.source == "feedback" for pull in found for receipt in pull.receipts):
        return 0
    from returns.receipt.write import write_receipts  # noqa: PLC0415 - as above
    from returns.version import current  # noqa: PLC0415

    return len(write_receipts(current(home), _folder(home), at))


def recall_closed(home: Path, at: datetime) -> int:
    """Recall the tasks that nobody has to look after any more from the worklists that people hold; how many rows that were."""
    from returns.worklist.handed_out import LISTS, closed_otherwise, recall  # noqa: PLC0415 - as above

    if not any((home / LISTS).glob("*.json")):
        return 0
    from returns.version import current  # noqa: PLC0415

    return sum(len(each.rows) for each in recall(home, closed_otherwise(current(home)), "closed", BY, at))


def _folder(home: Path) -> Path:
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
