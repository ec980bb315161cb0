"""Pulling a relational database: what changed since the last pull, and a little more. Not here: SQL (connectors)."""

import io
from datetime import date, timedelta

import polars as pl

from ingestion.connectors.database import DatabaseSnapshot, open_database
from ingestion.contracts.model import Entity
from ingestion.landing.delivery import Delivery
from ingestion.landing.row_index import RowIndex
from ingestion.pulling.files import sha256
from ingestion.pulling.identity import identity_after
from ingestion.pulling.run import PullRun
from ingestion.pulling.watermark import newest_of
from ingestion.readers.lines import LineBytes
from ingestion.readers.reading import Reading
from ingestion.refusal import RefusedError
from ingestion.street_time import street_day


def pull_database(run: PullRun) -> None:
    """Land the changed rows of every table, all as of one moment; a table that cannot be read does not stop the others."""
    with open_database(run.source.url) as database:
        for entity in run.contract.entities:
            with run.attempt(entity.name):
                _pull_table(run, entity, database)


def _pull_table(run: PullRun, entity: Entity, database: DatabaseSnapshot) -> None:
    present = database.columns(entity.name)
    missing = [name for name in entity.fields if name not in present]
    if missing:
        raise RefusedError(f"table {entity.name} lacks the column {', '.join(missing)}; nothing of it was read")
    found = database.rows(entity.name, entity.fields, entity.key or "", _since(run, entity))
    numbered = found.with_columns(_line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    known = run.landing.known(run.contract.source, entity.name)
    fresh, digests = RowIndex(run.landing.home, run.contract.source, entity.name).split(numbered, entity.key or "", known)
    if fresh.is_empty():
        run.unchanged += 1
        return
    written = io.BytesIO()
    rows = fresh.select(entity.fields)
    rows.write_ndjson(written)
    original = written.getvalue()
    digest = sha256(original)
    run.land(
        Delivery(
            contract=run.contract,
            entity=entity,
            file=f"{entity.name}.ndjson",
            digest=digest,
            identity=identity_after(digest, known),
            reading=Reading(
                rows.with_columns(_line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)),
                LineBytes(original),
                columns=tuple(name for name in present if not run.contract.is_forbidden(name)),
            ),
            originals={f"{entity.name}.ndjson": original},
            dropped=[name for name in present if run.contract.is_forbidden(name)],
            earlier_rows=found.height - fresh.height,
            row_digests=digests,
            newest_until=run.at,
        )
    )


def _since(run: PullRun, entity: Entity) -> tuple[str, date] | None:
    """From which day on rows are read: some days before the newest one landed, for rows that were committed late."""
    newest = newest_of(run, entity)
    if newest is None or entity.updated is None:
        return None
    return entity.updated, street_day(newest.at) - timedelta(days=run.contract.connector.overlap_days)
