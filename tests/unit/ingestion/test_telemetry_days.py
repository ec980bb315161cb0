"""Counting a day: each message once, exactly as a plain query over all copies says; and only the days with news."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest import mock

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.contracts.loader import load_contracts
from ingestion.landing.delivery import Delivery
from ingestion.landing.landing import Landing
from ingestion.readers.ndjson import read_ndjson
from ingestion.telemetry import count, messages
from ingestion.telemetry.count import count_day
from ingestion.telemetry.days import batches_by_day, count_days

DAY = date(2026, 11, 20)
MIDNIGHT = datetime(2026, 11, 19, 16, tzinfo=UTC).replace(tzinfo=None)
LANDED = {
    "source_key": pl.String,
    "device_id": pl.String,
    "sent_at": pl.Datetime("us"),
    "received_at": pl.Datetime("us"),
    "kind": pl.String,
    "battery_pct": pl.Float64,
    "signal_dbm": pl.Float64,
    "event_code": pl.String,
    "event_value": pl.Float64,
}
# What the counts mean, said plainly: all copies of a message are gathered first.
PLAIN = """
with message as (
    select device_id, source_key, min(kind) as kind, min(sent_at) as sent_at, min(received_at) as received_at,
        min(battery_pct) as battery_pct, max(received_at) as last_at, count(*) - 1 as repeats, min(event_code) as code
    from landed where cast(least(sent_at, received_at) + interval 8 hour as date) = date '2026-11-20' group by all
)
select device_id, count(*) filter (kind = 'hb') as hb, count(*) filter (kind = 'ev') as ev,
    count(*) filter (received_at - sent_at > interval 10 minute) as late, count(*) filter (sent_at is null) as wrong,
    sum(repeats)::bigint as repeats, min(battery_pct)::int as battery, min(received_at) as first_at, max(received_at) as last_at,
    max(last_at) as arrival, count(*) filter (code not in ('OPEN', 'PASS')) as single
from message group by device_id order by device_id
"""


def message(rng: random.Random, number: int) -> dict[str, object]:
    """A copy of a message: what it says hangs on device and id alone; when it came, and whether its clock is right, does not."""
    device, key = f"D{rng.randint(0, 4)}", f"M{number % 40}"
    said = random.Random(f"{device}{key}")  # noqa: S311 - no secret
    code = said.choice([None, None, "OPEN", "PASS", "SMOKE", "LOW_BATTERY"])
    received = MIDNIGHT + timedelta(seconds=rng.randint(-7200, 93_600), milliseconds=rng.randint(0, 999))
    back = timedelta(seconds=rng.choice([-5, 0, 1, 599, 600, 601, 4000, 90_000]))
    return {
        "source_key": key,
        "device_id": device,
        "sent_at": rng.choice([None, received - back]),
        "received_at": received,
        "kind": "hb" if code is None else "ev",
        "battery_pct": said.choice([None, 3.0, 50.0, 100.0]),
        "signal_dbm": said.choice([None, -50.0, -112.0]),
        "event_code": code,
        "event_value": None,
    }


@pytest.mark.slow  # counts twenty-five days twice
@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_a_day_is_counted_as_a_plain_query_would(tmp_path_factory, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - no secret
    rows = [message(rng, number) for number in range(rng.randint(0, 60))]
    landed = pl.DataFrame(rows, schema=LANDED)
    folder = tmp_path_factory.mktemp("landed")
    cuts = sorted(rng.randint(0, landed.height) for _ in range(2))
    paths = [folder / f"{part}.parquet" for part in range(3)]
    for path, (start, end) in zip(paths, zip([0, *cuts], [*cuts, landed.height], strict=True), strict=True):
        landed[start:end].write_parquet(path)
    parts = mock.patch.object(count, "PART_ROWS", rng.choice([1, 5, 60]))  # as if the day were a city's
    with parts, mock.patch.object(messages, "PIECE_ROWS", rng.choice([1, 7, 60])):
        day = count_day(paths, DAY)
    with duckdb.connect() as memory:
        memory.register("landed", landed.to_arrow())
        wanted = memory.execute(PLAIN).fetchall()
    told = "received_heartbeats events late_messages clock_wrong_messages duplicate_messages battery_min first_received_at"
    counted = day.counts.select("device_id", *told.split(), "last_received_at", "last_arrival_at")
    assert counted.rows() == [row[:-1] for row in wanted]
    single = dict(day.events.group_by("device_id").len().iter_rows())
    assert [single.get(row[0], 0) for row in wanted] == [row[-1] for row in wanted]


def test_a_day_of_empty_files_is_counted_as_nothing(tmp_path: Path) -> None:
    pl.DataFrame(schema=LANDED).write_parquet(tmp_path / "0.parquet")
    day = count_day([tmp_path / "0.parquet"], DAY)
    assert (day.counts.height, day.events.height) == (0, 0)


def line(number: int, sent: datetime, received: datetime) -> bytes:
    ms = [int(at.replace(tzinfo=UTC).timestamp() * 1000) for at in (sent, received)]
    return f'{{"id":"M{number}","dev":"D1","t":{ms[0]},"rx":{ms[1]},"k":"hb","bat":50,"sig":-70}}\n'.encode()


def land(home: Path, name: str, data: bytes) -> None:
    contract = load_contracts()["device"]
    entity = contract.entity("telemetry")
    landing = Landing(home, datetime(2026, 11, 21, tzinfo=UTC), DAY, b"key")
    landing.land(Delivery(contract, entity, name, name, read_ndjson(data, entity.fields), {}))


def test_a_late_hour_counts_its_own_day_again_and_no_other(tmp_path: Path) -> None:
    yesterday = MIDNIGHT - timedelta(hours=3)
    land(tmp_path, "a", line(1, yesterday, yesterday))
    land(tmp_path, "b", line(2, MIDNIGHT, MIDNIGHT))
    assert count_days(tmp_path).days == [DAY - timedelta(days=1), DAY]
    assert count_days(tmp_path).days == []
    stood = (tmp_path / "build" / "telemetry" / f"day={DAY}" / "counts.parquet").stat().st_ino
    land(tmp_path, "late", line(3, yesterday, MIDNIGHT + timedelta(hours=1)) + line(1, yesterday, MIDNIGHT + timedelta(hours=1)))
    assert count_days(tmp_path).days == [DAY - timedelta(days=1)]
    again = tmp_path / "build" / "telemetry" / f"day={DAY - timedelta(days=1)}" / "counts.parquet"
    counts = pl.read_parquet(again)
    assert counts.select("received_heartbeats", "late_messages", "duplicate_messages").rows() == [(2, 1, 1)]
    assert (tmp_path / "build" / "telemetry" / f"day={DAY}" / "counts.parquet").stat().st_ino == stood


def test_a_message_of_four_weeks_ago_is_late_and_no_error(tmp_path: Path) -> None:
    land(tmp_path, "a", line(1, MIDNIGHT - timedelta(days=28), MIDNIGHT))
    count_days(tmp_path)
    counts = pl.read_parquet(tmp_path / "build" / "telemetry" / "day=*" / "counts.parquet")
    assert counts.select("received_heartbeats", "late_messages", "clock_wrong_messages").rows() == [(1, 1, 0)]


def test_days_of_batches_are_told_by_their_manifests(tmp_path: Path) -> None:
    land(tmp_path, "a", line(1, MIDNIGHT - timedelta(hours=30), MIDNIGHT) + line(2, MIDNIGHT, MIDNIGHT))
    assert sorted(batches_by_day(tmp_path)) == [DAY - timedelta(days=2), DAY]


def test_counts_without_any_message_can_be_scanned(tmp_path: Path) -> None:
    assert count_days(tmp_path).days == []
    for name in ("counts", "event"):
        assert pl.read_parquet(tmp_path / "build" / "telemetry" / "empty" / f"{name}.parquet").height == 0
