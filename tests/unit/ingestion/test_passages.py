"""Passages: nothing below the home tells when somebody passed or who it was, and the counts are those of the raw lines."""

import gzip
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import zstandard

from ingestion.contracts.loader import load_contract
from ingestion.live.spool import HOURLY, SegmentSpool
from ingestion.pull import pull_source
from ingestion.quarantine.replay import replay
from ingestion.settings import load_settings
from ingestion.telemetry.days import count_days
from ingestion.telemetry.passage import message_digest
from ingestion.telemetry.passage_line import storable_broken, storable_line
from tests.source_files import AT, new_landing, pull, write_config

DEVICE = load_contract("device")
KEY = b"a test key"
HOUR = datetime(2026, 11, 20, 7, tzinfo=UTC)
HOUR_MS = int(HOUR.timestamp() * 1000)
# Moments that stand in no other message: if their digits are anywhere, a passage is.
PASSED_MS, ARRIVED_MS = HOUR_MS + 1_234_567, HOUR_MS + 1_234_643
CARD = {"val": 87654321, "card": "C-5550123", "holder": "王小明", "direction": "IN"}


def message(number: int, **more: Any) -> dict[str, Any]:
    at = HOUR_MS + 120_000 * number
    return {"id": f"M{number:08d}", "dev": "G1", "t": at, "rx": at + 60, "k": "hb", "bat": 80, "sig": -70} | more


def passage(number: int, **more: Any) -> dict[str, Any]:
    said = {"id": f"P77700{number}", "t": PASSED_MS, "rx": ARRIVED_MS, "k": "ev", "ev": "PASS"}
    return message(number) | said | CARD | more


MESSAGES = [
    message(1),
    passage(1),
    passage(1, rx=ARRIVED_MS + 60_000),  # a copy
    message(2),
    passage(2, ev="FACE_OPEN"),  # a word that nobody knows
    passage(3, k="hb"),
    passage(4, ev="open", dev="D1"),
    passage(5, id=None),  # refused: it has no number
    passage(6, t=PASSED_MS - 3_600_000),  # late
    message(3, k="ev", ev="SMOKE", dev="S1"),
    message(4),
]
CUT = json.dumps(passage(7), ensure_ascii=False)[:-40].encode()
GARBAGE = b"%% link restarted"


def lines() -> bytes:
    told = [json.dumps(one, ensure_ascii=False).encode() for one in MESSAGES]
    return b"\n".join([*told[:4], CUT, *told[4:], GARBAGE, b""])


def columns() -> bytes:
    written = io.BytesIO()
    pl.DataFrame(MESSAGES, infer_schema_length=None).write_parquet(written)
    return written.getvalue()


FORMS = {
    "ndjson": lines,
    "ndjson.gz": lambda: gzip.compress(lines()),
    "ndjson.zst": lambda: zstandard.compress(lines()),
    "parquet": columns,
}


def texts_below(root: Path) -> str:
    """Everything that stands in any file, as text: bytes, what is compressed in them, and every cell of every table."""
    found = []
    for path in (path for path in root.rglob("*") if path.is_file()):
        data = path.read_bytes()
        found += [path.name, data.decode("utf-8", errors="replace")]
        if path.suffix in {".gz", ".zst"}:
            plain = gzip.decompress(data) if path.suffix == ".gz" else zstandard.ZstdDecompressor().stream_reader(data).read()
            found.append(plain.decode("utf-8", errors="replace"))
        if path.suffix == ".parquet":
            frame = pl.read_parquet(path)
            moments = [name for name, dtype in frame.schema.items() if dtype == pl.Datetime("us")]
            found += [str(frame.with_columns(pl.col(moments).dt.epoch("ms")).to_dicts())]
            found += [str(moment) for name in moments for moment in frame[name]]
            originals = frame["original"] if "original" in frame.columns else []
            found += [original.decode("utf-8", errors="replace") for original in originals]
    return "\n".join(found)


def told_of_passages(root: Path) -> list[str]:
    """What must not be found and is."""
    moments = [PASSED_MS, ARRIVED_MS, ARRIVED_MS + 60_000, PASSED_MS - 3_600_000]
    texts = [datetime.fromtimestamp(ms / 1000, UTC).strftime("%H:%M:%S") for ms in moments]
    banned = [*map(str, moments), *(str(ms)[:8] for ms in moments[:2]), *texts, "P77700", "C-5550123", "王小明", "87654321"]
    everything = texts_below(root)
    return [word for word in banned if word in everything]


@pytest.fixture(params=FORMS)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """One hour, landed and counted, from each form of file."""
    folder = tmp_path / "drop/telemetry/dt=2026-11-20/hour=15"
    folder.mkdir(parents=True)
    (folder / f"part-0001.{request.param}").write_bytes(FORMS[request.param]())
    config = write_config(tmp_path, device=f"file://{tmp_path / 'drop'}")
    assert pull(config, "device").refused == []
    count_days(tmp_path / "home")
    return tmp_path / "home"


def landed(home: Path) -> pl.DataFrame:
    return pl.read_parquet(home / "landing/device/telemetry/batch=*/data.parquet").sort("_line")


def test_no_byte_below_a_home_tells_when_somebody_passed_or_who(home: Path) -> None:
    assert told_of_passages(home) == []


def test_the_search_finds_what_it_is_to_find(tmp_path: Path) -> None:
    (tmp_path / "a.zst").write_bytes(zstandard.compress(lines()))
    assert len(told_of_passages(tmp_path)) > 8


def test_every_message_is_counted_as_if_nothing_had_been_left_out(home: Path) -> None:
    counts = pl.read_parquet(home / "build/telemetry/day=2026-11-20/counts.parquet").sort("device_id")
    told = counts.select("device_id", "received_heartbeats", "events", "late_messages", "duplicate_messages", "battery_min")
    assert told.rows() == [("D1", 0, 1, 0, 0, 80), ("G1", 4, 3, 1, 1, 80), ("S1", 0, 1, 0, 0, 80)]
    event = pl.read_parquet(home / "build/telemetry/day=2026-11-20/event.parquet")
    assert event.select("message_id", "received_at").rows() == [
        ("M00000003", HOUR.replace(tzinfo=None) + timedelta(milliseconds=360_060))
    ]


def test_passages_stand_behind_the_others_and_no_gap_tells_where_they_were(home: Path) -> None:
    rows = landed(home)
    is_passage = rows["source_key"].str.starts_with("passage:")
    assert is_passage.to_list() == sorted(is_passage.to_list())
    assert rows["_line"].to_list() == list(range(1, rows.height + 1))
    assert rows.filter(is_passage)["source_key"].is_sorted()
    assert rows.filter(is_passage)["received_at"].unique().to_list() == [HOUR.replace(tzinfo=None)]
    assert rows.filter(~is_passage)["is_late"].null_count() == rows.filter(~is_passage).height


def test_other_lines_are_kept_byte_for_byte(home: Path) -> None:
    (kept,) = (home / "landing/device/telemetry").glob("batch=*/original/*")
    plain = [one for one in MESSAGES if one["id"] and one["id"].startswith("M")]
    if kept.suffix == ".parquet":
        assert pl.read_parquet(kept)["id"].to_list() == [one["id"] for one in plain]
    else:
        text = zstandard.ZstdDecompressor().stream_reader(kept.read_bytes()).read()
        assert text.split(b"\n") == [json.dumps(one, ensure_ascii=False).encode() for one in plain]


def test_refused_messages_can_be_tried_again(home: Path) -> None:
    """By the rules of today they are refused again; they are read from what was kept of them."""
    found = replay(new_landing(home), DEVICE)
    assert [(one.tried, one.loaded) for one in found] == [
        (pl.read_parquet(home / "landing/device/telemetry/batch=*/rejects.parquet").height, 0)
    ]


def test_a_copy_in_another_file_is_known_by_its_digest(tmp_path: Path) -> None:
    config = write_config(tmp_path, device=f"file://{tmp_path / 'drop'}")
    for hour, moment in enumerate((ARRIVED_MS, ARRIVED_MS + 3_600_000)):
        folder = tmp_path / f"drop/telemetry/dt=2026-11-20/hour={15 + hour}"
        folder.mkdir(parents=True)
        (folder / "part-0001.ndjson").write_text(json.dumps(passage(1, rx=moment)) + "\n")
    pull(config, "device")
    count_days(tmp_path / "home")
    counts = pl.read_parquet(tmp_path / "home/build/telemetry/day=2026-11-20/counts.parquet")
    assert counts.select("events", "duplicate_messages", "late_messages").rows() == [(1, 1, 0)]


def test_a_live_feed_spools_no_passage_and_lands_the_same_counts(tmp_path: Path) -> None:
    spool = tmp_path / "home/spool/device/telemetry"
    timed, passages = SegmentSpool(spool), SegmentSpool(spool, length=HOURLY)
    for line in lines().splitlines():
        stored = storable_line(line, KEY)
        (timed if stored is line else passages).append([stored])
    timed.close()
    passages.close()
    assert told_of_passages(tmp_path) == []
    config = write_config(tmp_path, device=f"file://{tmp_path}")
    pull_source(DEVICE, load_settings(config), AT)
    count_days(tmp_path / "home")
    assert told_of_passages(tmp_path / "home") == []
    counts = pl.read_parquet(tmp_path / "home/build/telemetry/day=2026-11-20/counts.parquet").sort("device_id")
    told = counts.select("device_id", "received_heartbeats", "events", "late_messages", "duplicate_messages")
    assert told.rows() == [("D1", 0, 1, 0, 0), ("G1", 4, 3, 1, 1), ("S1", 0, 1, 0, 0)]


def test_a_broken_line_that_is_no_passage_keeps_its_bytes() -> None:
    for line in (
        GARBAGE,
        b"null",
        b'["hb"]',
        b'{"id":"M1","dev":"D1","t":1795104000123,"k":"hb","ba',
        b'{"t":1795104000123,"ev":"SOS","v',
    ):
        assert storable_broken(line) == line
    for line in (CUT, b'{"id":"M1","dev":"G1","t":1795104000123', b'{"t":1795104000123,"k":"ev","ev":"PASS","ca'):
        assert b"1795" not in storable_broken(line)


def test_a_digest_hides_the_number_and_stays_itself() -> None:
    digest = message_digest("M1", KEY)
    assert digest == message_digest("M1", KEY) == message_digest(digest, KEY)
    assert digest != message_digest("M1", b"another key")
    assert "M1" not in digest


def test_a_file_without_passages_is_kept_as_it_came(tmp_path: Path) -> None:
    data = gzip.compress(json.dumps(message(1)).encode())
    folder = tmp_path / "drop/telemetry/dt=2026-11-20/hour=15"
    folder.mkdir(parents=True)
    (folder / "part-0001.ndjson.gz").write_bytes(data)
    pull(write_config(tmp_path, device=f"file://{tmp_path / 'drop'}"), "device")
    (kept,) = (tmp_path / "home/landing/device/telemetry").glob("batch=*/original/*")
    assert (kept.name, kept.read_bytes()) == ("part-0001.ndjson.gz", data)
