"""The figures of every feed's newest delivery, as the door judged them, handed to the gate. Not here: figures, ranges, claims."""

from pathlib import Path

from expectations.compiled.measure import Figure
from expectations.feed.delivery import Delivered
from ingestion.contracts.loader import load_contracts
from ingestion.drift.look import Look, read_looks
from ingestion.landing.ledger import batch_folders


def newest_figures(home: Path) -> list[Delivered]:
    """One figure a feed, kind and column; of several files of one pull the unusual one, else the last."""
    return [
        Delivered(
            f"{contract.source}.{entity.name}",
            contract.owner.zh,
            found.check,
            found.column,
            Figure(found.observed, found.least, found.most, found.history),
            found.cause,
            len(entity.fields),
        )
        for contract in load_contracts().values()
        for entity in contract.entities
        for found in _newest(home, contract.source, entity.name)
    ]


def _newest(home: Path, source: str, entity: str) -> list[Look]:
    folders = batch_folders(home, source, entity)
    pulled = folders[-1].name.partition("-")[0] if folders else ""
    looks = [found for folder in folders if folder.name.startswith(f"{pulled}-") for found in read_looks(folder)]
    told: dict[tuple[str, str | None], Look] = {}
    for found in looks:
        before = told.get((found.check, found.column))
        if before is None or before.cause is None:
            told[found.check, found.column] = found
    return list(told.values())
