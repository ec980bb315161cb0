"""One pull of one source: what it needs, and what it found so far. Not here: the ways of pulling (the other modules)."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from ingestion.contracts.model import SourceContract
from ingestion.drift.judge import Finding, judge
from ingestion.drift.limits import load_limits
from ingestion.drift.look import causes, look
from ingestion.drift.profile import profile_of
from ingestion.landing.delivery import BatchReceipt, Delivery
from ingestion.landing.landing import AccountingError, Landing
from ingestion.refusal import HeldError, RefusedError, UnreachableError
from ingestion.settings import SourceSettings

LOG = logging.getLogger(__name__)
ACCEPTED = "state/accepted_checks.json"  # below the home folder; read by orchestration
MOST_CAUSES = 3  # of one delivery that are told


@dataclass
class PullRun:
    """The findings of a pull: new batches, refused and held things (one line each), and notes about what was no news.

    `unusual`: one line a figure of a landed delivery that is beyond what earlier ones let expect.

    `accepted`: codes of what people let through although it looks strange, for example `police.SYRK.volume`. `below`: of a
    folder, only files whose path begins so are looked at; empty: all.
    """

    contract: SourceContract
    source: SourceSettings
    landing: Landing
    at: datetime
    progress: Callable[[str], None]
    accepted: frozenset[str] = frozenset()
    below: str = ""
    receipts: list[BatchReceipt] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unusual: list[str] = field(default_factory=list)
    unchanged: int = 0

    @contextmanager
    def attempt(self, name: str) -> Iterator[None]:
        """Whatever is wrong with this one thing is told in a line, and the next one has its turn.

        Not reaching the source, a full disk and rows that do not add up are no matter of one thing: they go through.
        """
        try:
            yield
        except HeldError as error:
            self.held.append(f"{self.contract.source} {name}: {error}")
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
        """Hand a delivery to landing and note the outcome; raises HeldError when it looks unlike those before it."""
        profile = profile_of(delivery.reading.frame, delivery.entity, delivery.reading.columns, self.at)
        earlier = self.landing.earlier(self.contract.source, delivery.entity.name)
        parts = delivery.snapshot.parts if delivery.snapshot else 0
        kind = {"is_snapshot": parts == 1, "is_part": parts > 1}
        self._hold_if_strange(delivery, judge(profile, earlier, load_limits(), **kind))
        looks = look(profile, earlier, **kind)
        receipt = self.landing.land(replace(delivery, profile=profile, looks=looks))
        if receipt.is_new:
            self.unusual += [f"{self.contract.source} {delivery.file}: {cause}" for cause in causes(looks)]
            self.receipts.append(receipt)
            self.progress(f"{receipt.source}.{receipt.entity} {receipt.file}: {receipt.read_rows:,} rows")
        else:
            self.note_repeat(delivery.file, receipt.file)
        return receipt

    def _hold_if_strange(self, delivery: Delivery, found: Sequence[Finding]) -> None:
        feed = f"{self.contract.source}.{delivery.entity.name}"
        strange = [finding for finding in found if f"{feed}.{finding.check}" not in self.accepted]
        if strange:
            causes = "; ".join(dict.fromkeys(finding.cause for finding in strange[:MOST_CAUSES]))
            codes = ", ".join(dict.fromkeys(f"{feed}.{finding.check}" for finding in strange))
            raise HeldError(f"held whole: {causes}; do: have it mended and sent again, or accept {codes} in {ACCEPTED}")

    def note_repeat(self, file: str, earlier: str) -> None:
        """A file whose bytes were landed before: nothing new, and said so when it came under another name."""
        self.unchanged += 1
        if file != earlier:
            self.notes.append(f"{self.contract.source} {file}: the same bytes as {earlier}, nothing new")
