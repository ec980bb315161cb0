"""The spool of a live feed: whole lines, in the folder of their hour, and good after a kill."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ingestion.contracts.loader import load_contracts
from ingestion.landing.landing import Landing
from ingestion.live.spool import HOURLY, SegmentSpool, spool_root
from ingestion.pulling.live import pull_live
from ingestion.pulling.run import PullRun
from ingestion.settings import SourceSettings

AT = datetime(2026, 11, 20, 15, 59, 30, tzinfo=UTC)
MESSAGE = b'{"id":"M%d","dev":"D1","t":1795104000000,"rx":1795104000000,"k":"hb","bat":50,"sig":-70}'


class Clock:
    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at


def segments(folder: Path) -> list[str]:
    return sorted(path.parent.relative_to(folder).as_posix() for path in folder.rglob("live-*.ndjson"))


def test_a_segment_appears_when_its_hour_or_its_minute_is_over(tmp_path: Path) -> None:
    clock = Clock()
    spool = SegmentSpool(tmp_path, clock)
    spool.append([b"one"])
    assert segments(tmp_path) == []
    clock.at += timedelta(seconds=30)
    spool.append([b"two", b"with\nbreak"])
    assert segments(tmp_path) == ["dt=2026-11-20/hour=23"]
    clock.at += timedelta(minutes=1)
    spool.close_if_due()
    assert segments(tmp_path) == ["dt=2026-11-20/hour=23", "dt=2026-11-21/hour=00"]
    assert next((tmp_path / "dt=2026-11-21").rglob("live-*")).read_bytes() == b"two\nwith break\n"


def test_a_segment_of_an_hour_tells_no_minute(tmp_path: Path) -> None:
    clock = Clock()
    clock.at -= timedelta(minutes=50)
    spool = SegmentSpool(tmp_path, clock, HOURLY)
    spool.append([b"one"])
    clock.at += timedelta(minutes=40)
    spool.append([b"two"])
    assert list(tmp_path.rglob("hour-*.ndjson")) == []
    clock.at += timedelta(minutes=11)
    spool.close_if_due()
    (path,) = tmp_path.rglob("hour-*.ndjson")
    assert path.read_bytes() == b"one\ntwo\n"
    assert len(path.stem) == len("hour-") + 8


def test_what_a_killed_process_left_is_taken_up_to_its_last_whole_line(tmp_path: Path) -> None:
    hour = tmp_path / "dt=2026-11-20" / "hour=23"
    hour.mkdir(parents=True)
    (hour / ".live-a.ndjson").write_bytes(b"whole\nbrok")
    (hour / ".live-b.ndjson").write_bytes(b"brok")
    SegmentSpool(tmp_path)
    assert [path.read_bytes() for path in sorted(hour.iterdir())] == [b"whole\n"]


def test_segments_land_as_ordinary_batches_and_go(tmp_path: Path) -> None:
    contract = load_contracts()["device"]
    spool = SegmentSpool(spool_root(tmp_path, "device") / "telemetry", Clock())
    spool.append([MESSAGE % 1, MESSAGE % 2, b"garbage"])
    spool.close()
    run = PullRun(contract, SourceSettings(url="file:///nowhere"), Landing(tmp_path, AT, date(2026, 11, 20), b"k"), AT, print)
    pull_live(run)
    pull_live(run)
    receipt = run.receipts[0]
    assert len(run.receipts) == 1
    assert (receipt.read_rows, receipt.loaded_rows, receipt.rejected_rows) == (3, 2, 1)
    assert receipt.file.startswith("telemetry/dt=2026-11-20/hour=23/live-")
    assert list(spool_root(tmp_path, "device").rglob("*.ndjson")) == []
