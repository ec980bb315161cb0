"""Hours of device messages as Dagster partitions: an hour lands its own files, a stretch is filled back, nothing comes twice."""

from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from ingestion.landing.ledger import read_ledger
from ingestion.telemetry.days import count_days
from orchestration.assets.telemetry_hour import HOURS, build_hour_asset
from orchestration.session import open_session
from tests.source_files import message, ndjson, pull, write_config

pytestmark = pytest.mark.slow
DAYS = ("2026-11-19", "2026-11-20")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Two days of three hours each, ten messages an hour."""
    for place, day in enumerate(DAYS):
        for hour in range(3):
            folder = tmp_path / f"device/telemetry/dt={day}/hour={hour:02d}"
            folder.mkdir(parents=True)
            at = int(datetime.fromisoformat(f"{day}T{hour:02d}:30:00+08:00").timestamp() * 1000)
            rows = [message(place * 1000 + hour * 10 + number) | {"t": at, "rx": at + 5} for number in range(10)]
            (folder / "part-0001.ndjson").write_bytes(ndjson(rows))
    return write_config(tmp_path, device=f"file://{tmp_path / 'device'}")


def materialize(config: Path, first: str, last: str | None = None) -> str:
    """Run the hours from first to last in one run; gives the days that were counted."""
    tags = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last or first}
    session = dg.ResourceDefinition.hardcoded_resource(open_session(config))
    result = dg.materialize([build_hour_asset()], resources={"session": session}, tags=tags)
    assert result.success
    told = result.asset_materializations_for_node("telemetry__hour")[0].metadata["days"].value
    return str(told)


def landed(config: Path) -> list[str]:
    return sorted(read_ledger(config.parent / "home")["file"].to_list())


def stamps(config: Path, day: str) -> dict[str, tuple[int, bytes]]:
    files = (config.parent / f"home/build/telemetry/day={day}").iterdir()
    return {path.name: (path.stat().st_ino, path.read_bytes()) for path in files}


def test_an_hour_is_landed_alone_and_a_stretch_is_filled_back(config: Path) -> None:
    assert materialize(config, "2026-11-20-01:00") == "2026-11-20"
    assert landed(config) == ["telemetry/dt=2026-11-20/hour=01/part-0001.ndjson"]
    stood = stamps(config, "2026-11-20")
    assert materialize(config, "2026-11-19-00:00", "2026-11-19-23:00") == "2026-11-19"
    assert len(landed(config)) == 4
    assert stamps(config, "2026-11-20") == stood
    assert materialize(config, "2026-11-19-00:00", "2026-11-19-23:00") == ""


def test_the_whole_way_lands_the_rest_and_nothing_twice(config: Path) -> None:
    materialize(config, "2026-11-20-01:00")
    pull(config, "device")
    count_days(config.parent / "home")
    counts = pl.read_parquet(config.parent / "home/build/telemetry/day=*/counts.parquet")
    assert counts.select(pl.col("received_heartbeats").sum(), pl.col("duplicate_messages").sum()).row(0) == (60, 0)
    assert len(landed(config)) == 6


def test_an_hour_is_an_hour_of_the_street() -> None:
    window = HOURS.time_window_for_partition_key("2026-11-20-07:00")
    assert (window.start.utcoffset(), window.end - window.start) == (timedelta(hours=8), timedelta(hours=1))
