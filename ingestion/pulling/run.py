"""One pull of one source: what it needs, and what it found so far. Not here: the ways of pulling (the other modules)."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from ingestion.contracts.model import SourceContract
from ingestion.landing.delivery import BatchReceipt, Delivery
from ingestion.landing.landing import AccountingError, Landing
from ingestion.refusal import RefusedError, UnreachableError
from ingestion.settings import SourceSettings

LOG = logging.getLogger(__name__)


@dataclass
class PullRun:
    """The findings of a pull: new batches, refused things (one line each), and notes about what was no news."""

    contract: SourceContract
    source: SourceSettings
    landing: Landing
    at: datetime
    progress: Callable[[str], None]
    receipts: list[BatchReceipt] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unchanged: int = 0

    @contextmanager
    def attempt(self, name: str) -> Iterator[None]:
        """Whatever is wrong with this one thing is told in a line, and the next one has its turn.

        Not reaching the source, a full disk and rows that do not add up are no matter of one thing: they go through.
        """
        try:
            yield
        except RefusedError as error:
            self.refuse(name, str(error))
        except (AccountingError, UnreachableError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - bad input must not take the good beside it, whatever it provokes
            LOG.warning("%s %s: %s", self.contract.source, name, type(error).__name__)
            self.refuse(name, f"cannot be processed ({type(error).__name__}); the file is left where it is, report it")

    def refuse(self, name: str, reason: str) -> None:
        """Note that something was refused as a whole."""
        self.refused.append(f"{self.contract.source} {name}: {reason}")

    def land(self, delivery: Delivery) -> BatchReceipt:
        """Hand a delivery to landing and note the outcome."""
        receipt = self.landing.land(delivery)
        if receipt.is_new:
            self.receipts.append(receipt)
            self.progress(f"{receipt.source}.{receipt.entity} {receipt.file}: {receipt.read_rows:,} rows")
        else:
            self.note_repeat(delivery.file, receipt.file)
        return receipt

    def note_repeat(self, file: str, earlier: str) -> None:
        """A file whose bytes were landed before: nothing new, and said so when it came under another name."""
        self.unchanged += 1
        if file != earlier:
            self.notes.append(f"{self.contract.source} {file}: the same bytes as {earlier}, nothing new")
