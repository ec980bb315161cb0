"""Listening to a live feed: every message on disk before it is acknowledged. Not here: how it comes and where it lies."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from ingestion.atomic import locked
from ingestion.connectors.mqtt import Received, Subscription
from ingestion.contracts.model import Entity, SourceContract
from ingestion.door.json_fields import clean_ndjson
from ingestion.live.spool import HOURLY, SegmentSpool, spool_root
from ingestion.telemetry.passage_line import storable_line

MOST = 2000  # messages written together: one wait for the disk is paid by all of them
PATIENCE = 1.0  # seconds


def live_entity(contract: SourceContract) -> Entity | None:
    """The entity of a source that also comes as a live feed; null when it has none."""
    return next((entity for entity in contract.entities if entity.topic), None)


@dataclass(frozen=True)
class LiveFeed:
    """What is listened to, and where it is kept; `key`: the configured one, for what stands for the numbers of passages."""

    contract: SourceContract
    url: str
    home: Path
    key: bytes


def listen(feed: LiveFeed, stop: Event, tell: Callable[[str], None]) -> int:
    """Spool a source's live feed until `stop` is set; how many messages that were.

    `tell` is told a line when the broker comes and goes. Raises OSError when the disk does not take a message: it is not
    acknowledged, and comes again.
    """
    contract, home = feed.contract, feed.home
    entity = live_entity(contract)
    if entity is None or entity.topic is None:
        raise ValueError(f"{contract.source} has no live feed")
    name = f"yidang-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"
    with locked(home, f"listen-{contract.source}"):
        spool = _Spool(feed, spool_root(home, contract.source) / entity.folder)
        subscription = Subscription(feed.url, entity.topic, name)
        try:
            return _pump(subscription, spool, stop, tell)
        finally:
            subscription.close()
            spool.close()


def _pump(feed: Subscription, spool: "_Spool", stop: Event, tell: Callable[[str], None]) -> int:
    count, was_connected = 0, None
    while not stop.is_set():
        messages = feed.take(MOST, PATIENCE)
        if feed.is_standing != was_connected:
            was_connected = feed.is_standing
            tell(f"{'connected' if was_connected else 'not connected, trying again'}; {count:,} messages so far")
        if messages:
            spool.keep(messages)
            feed.acknowledge(messages)
            count += len(messages)
        spool.close_if_due()
    return count


class _Spool:
    """Two segments: one of a minute, and one of a whole hour for passages, whose minute must not be told."""

    def __init__(self, feed: LiveFeed, folder: Path) -> None:
        self._feed = feed
        self._timed, self._passages = SegmentSpool(folder), SegmentSpool(folder, length=HOURLY)

    def keep(self, messages: list[Received]) -> None:
        """On disk, without what never enters."""
        lines = [message.payload.replace(b"\n", b" ") for message in messages]
        kept, dropped = clean_ndjson(b"\n".join(lines), self._feed.contract)
        lines = kept.split(b"\n") if dropped else lines
        stored = [storable_line(line, self._feed.key) for line in lines]
        self._timed.append([line for line, told in zip(lines, stored, strict=True) if told is line])
        self._passages.append([told for line, told in zip(lines, stored, strict=True) if told is not line])

    def close_if_due(self) -> None:
        self._timed.close_if_due()
        self._passages.close_if_due()

    def close(self) -> None:
        self._timed.close()
        self._passages.close()
