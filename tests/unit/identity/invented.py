"""Invented persons and records for the tests of identity; the county 319999 was never assigned."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from identity.frames import PLACE, RECORD
from identity.log.identity_log import IdentityLog
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve

KEY = b"a key for tests only"
DAY = datetime(2026, 11, 20, 8, tzinfo=UTC)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_of(birth: date, sequence: int, county: str = "319999") -> str:
    """A citizen number with a right check character; odd sequence: male."""
    body = f"{county}{birth:%Y%m%d}{sequence:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def record(key: str, name: str | None, number: str | None = None, entity: str = "property.owner", **more: Any) -> dict[str, Any]:
    """One person record; a valid citizen number brings its birth date and sex, as cleaning does."""
    system, _, source_entity = entity.partition(".")
    row: dict[str, Any] = dict.fromkeys(RECORD)
    row |= {
        "source_system": system,
        "source_entity": source_entity,
        "source_key": key,
        "is_live": True,
        "name": name,
        "name_key": name,
    }
    row |= {"id_kind": "none", "id_status": "empty", "sex_code": "0"}
    if number:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        row |= {"id_kind": "citizen", "id_number": number, "id_status": "valid", "birth_date": born}
        row |= {"sex_code": "1" if int(number[16]) % 2 else "2"}
    return row | more


def masked(number: str) -> dict[str, Any]:
    """The columns of a record whose number is masked in the middle."""
    return {"id_kind": "citizen", "id_status": "masked", "id_visible": number[:6] + "*" * 8 + number[14:]}


def failed(text: str) -> dict[str, Any]:
    """The columns of a record whose number failed its check."""
    return {"id_kind": "citizen", "id_status": "check_failed", "id_evidence": text}


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Records as a frame."""
    return pl.DataFrame(rows, schema=RECORD)


def no_places() -> pl.DataFrame:
    """No place at all."""
    return pl.DataFrame(schema=PLACE)


def run(rows: list[dict[str, Any]], folder: Path, at: datetime = DAY, *, commit: bool = False) -> Resolution:
    """Resolve the rows against the log in `folder`."""
    log = IdentityLog(folder)
    resolution = resolve(frame(rows), no_places(), log, at, KEY)
    if commit:
        log.commit(resolution.log_event, f"run-{at:%Y%m%d}")
    return resolution


def groups(resolution: Resolution) -> set[frozenset[str]]:
    """The clusters, as sets of source keys."""
    clusters = resolution.resident_link.group_by("resident_id").agg("source_key")
    return {frozenset(keys) for keys in clusters["source_key"].to_list()}


def ids(resolution: Resolution) -> dict[str, str]:
    """Each source key with its resident."""
    return dict(resolution.resident_link.select("source_key", "resident_id").iter_rows())
