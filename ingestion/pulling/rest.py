"""Pulling a paged REST API: what changed since the last pull, page by page. Not here: attempts and waits (connectors)."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from ingestion.connectors.rest import Patience, RestClient
from ingestion.connectors.spool import Spool
from ingestion.contracts.model import Entity
from ingestion.door.json_fields import clean_json
from ingestion.drift.columns import keys_of
from ingestion.landing.children import as_text
from ingestion.landing.delivery import Delivery
from ingestion.landing.row_index import RowIndex
from ingestion.pulling.files import sha256
from ingestion.pulling.identity import identity_after
from ingestion.pulling.run import PullRun
from ingestion.pulling.watermark import newest_of
from ingestion.readers.ndjson import DETAIL, RULE
from ingestion.readers.reading import Reading, broken_rows, text_schema
from ingestion.refusal import HeldError, RefusedError, UnreachableError

PAGE_SIZE = "500"  # the most the interface allows
BEGINNING = "1970-01-01T00:00:00+08:00"
MOST_PAGES = 20_000  # ten million records: more means that the tokens go round in circles
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}")


def pull_rest(run: PullRun, patience: Patience = Patience()) -> None:  # noqa: B008 - it is frozen
    """Land the changed records of every resource; one that fails does not stop the others while the server answers."""
    with RestClient(run.source.url, run.source.token or "", patience) as client:
        for entity in run.contract.entities:
            with run.attempt(entity.name):
                _try_resource(run, entity, client)


def _try_resource(run: PullRun, entity: Entity, client: RestClient) -> None:
    """A server that answered before is there: then only this resource is not."""
    try:
        _pull_resource(run, entity, client)
    except UnreachableError as error:
        if not client.is_reached:
            raise
        raise RefusedError(str(error)) from None


def _pull_resource(run: PullRun, entity: Entity, client: RestClient) -> None:
    folder = run.landing.home / "state" / "spool" / run.contract.source / entity.name
    spool = Spool(folder, client.url, _since(run, entity), run.at)
    try:
        _fetch_pages(run, entity, client, spool)
    except RefusedError:
        if not spool.is_resumed:
            raise
        spool.restart(run.at)  # the server has forgotten the page we stopped at
        _fetch_pages(run, entity, client, spool)
    try:
        _land_pages(run, entity, spool)
    except HeldError:
        spool.remove()  # the mended records must be asked for anew
        raise
    spool.remove()


def _fetch_pages(run: PullRun, entity: Entity, client: RestClient, spool: Spool) -> None:
    """Ask for the pages that the spool lacks."""
    token = spool.next_token()
    while token or not spool.pages:
        parameters = {"modifiedSince": spool.since, "pageSize": PAGE_SIZE} | ({"pageToken": token} if token else {})
        page, dropped = clean_json(client.get(entity.name, parameters), run.contract)
        if not isinstance(records := _parsed(page).get("data"), list):
            raise RefusedError(f'{entity.name}: an answer with a list "data" was expected, found {type(records).__name__}')
        spool.add(page, dropped)
        run.progress(f"{run.contract.source}.{entity.name}: page {len(spool.pages)}")
        before, token = token, spool.next_token()
        if token is not None and (token == before or len(spool.pages) > MOST_PAGES):
            spool.remove()
            raise RefusedError(f"{entity.name}: the server gives the same page token again and again")


def _land_pages(run: PullRun, entity: Entity, spool: Spool) -> None:
    records = [record for page in spool.pages for record in _parsed(page)["data"]]
    reading = read_records(records, entity)
    known = run.landing.known(run.contract.source, entity.name)
    index = RowIndex(run.landing.home, run.contract.source, entity.name)
    fresh, digests = index.split(reading.frame, entity.key or "", known)
    if fresh.is_empty() and reading.broken.is_empty():
        run.unchanged += 1
        return
    digest = sha256(b"\n".join(spool.pages))
    run.land(
        Delivery(
            contract=run.contract,
            entity=entity,
            file=entity.name,
            digest=digest,
            identity=digest if fresh.is_empty() else identity_after(digest, known),
            reading=replace(reading, frame=fresh),
            originals={f"page-{number:05d}.json": page for number, page in enumerate(spool.pages, start=1)},
            dropped=sorted(spool.dropped),
            earlier_rows=reading.frame.height - fresh.height,
            row_digests=digests,
            newest_until=min(run.at, spool.started_at),
        )
    )


def read_records(records: list[Any], entity: Entity) -> Reading:
    """Records as rows of text, numbered from 1 over all pages; what is no object is broken."""
    originals = [json.dumps(record, ensure_ascii=False).encode() for record in records]
    good = [(line, record) for line, record in enumerate(records, start=1) if isinstance(record, dict)]
    bad = [line for line, record in enumerate(records, start=1) if not isinstance(record, dict)]
    columns = {name: pl.Series([as_text(record.get(name)) for _, record in good], dtype=pl.String) for name in entity.fields}
    frame = pl.DataFrame(columns, schema=text_schema(entity.fields))
    frame = frame.with_columns(pl.Series("_line", [line for line, _ in good], dtype=pl.Int64))
    broken = broken_rows([(line, RULE, DETAIL, originals[line - 1]) for line in bad])
    return Reading(frame, lambda lines: [originals[line - 1] for line in lines], broken, keys_of(records))


def _parsed(page: bytes) -> dict[str, Any]:
    value = json.loads(page)
    return value if isinstance(value, dict) else {}


def _since(run: PullRun, entity: Entity) -> str:
    """From when on records are asked for: some days before the newest, written just as the server itself writes times."""
    newest = newest_of(run, entity)
    found = DAY.match(newest.text) if newest else None
    if newest is None or found is None:
        return newest.text if newest else BEGINNING
    day = date.fromisoformat(found.group()) - timedelta(days=run.contract.connector.overlap_days)
    return day.isoformat() + newest.text[found.end() :]
