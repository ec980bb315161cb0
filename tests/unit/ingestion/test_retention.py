"""What is past its time of keeping goes from landing, nothing else does, and versions that would need it are refused."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from pydantic import ValidationError

from ingestion.contracts.loader import load_contract, load_contracts
from ingestion.landing.delivery import Delivery, Snapshot
from ingestion.landing.empty import ensure_empty
from ingestion.landing.ledger import rejected_rows
from ingestion.landing.verify import verify_landing
from ingestion.pulling.files import sha256
from ingestion.quarantine.replay import replay
from ingestion.readers.by_format import admit
from ingestion.retention.classes import retention
from ingestion.retention.drop import drop, forgotten, remember_dropped
from ingestion.retention.due import due_batches
from tests.source_files import AT, csv_bytes, new_landing, person

POLICE = load_contract("police")
OLD, NEW = "13900000001", "13900000002"
BAD = b"too,short\r\n"
STAGING = Path(__file__).parents[3] / "dbt_project" / "models" / "staging"


def land(home: Path, at: datetime, *people: dict[str, str], refused: bytes = b"") -> None:
    day = f"{at:%Y%m%d}"
    data = csv_bytes(people) + refused
    found = admit(POLICE, POLICE.entity("SYRK"), f"SYRK_{day}_F_001.csv", data)
    kept = {f"SYRK_{day}_F_001.csv": found.kept}
    new_landing(home, at).land(
        Delivery(
            POLICE,
            POLICE.entity("SYRK"),
            f"{day}/SYRK_{day}_F_001.csv",
            sha256(data),
            found.reading,
            kept,
            snapshot=Snapshot(day),
        )
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two deliveries, a day apart: of two people one has another phone on the second day, and a row was refused on the first."""
    first = [person("1", LXDH=OLD, GXSJ="20261119080000"), person("2", LXDH="13900000003", GXSJ="20261119080000")]
    land(tmp_path, AT, *first, refused=BAD)
    land(tmp_path, AT + timedelta(days=1), person("1", LXDH=NEW, GXSJ="20261121080000"))
    return tmp_path


def apply(home: Path, today: date) -> int:
    found = list(due_batches(home, retention(), today))
    remember_dropped(home, found, datetime(today.year, today.month, today.day, tzinfo=UTC))
    for due in found:
        drop(due)
    return len(found)


def landed(home: Path) -> pl.DataFrame:
    files = sorted((home / "landing" / "police" / "SYRK").glob("batch=*/data.parquet"))
    return pl.concat([pl.read_parquet(path) for path in files])


def test_a_replaced_value_goes_after_its_time_and_the_newest_row_stays(home: Path) -> None:
    replaced = AT.date() + timedelta(days=1)
    assert apply(home, replaced + timedelta(days=360)) == 0
    assert apply(home, replaced + timedelta(days=1096)) == 2
    rows = {(row["source_key"], row["_sequence"]): row for row in landed(home).iter_rows(named=True)}
    old, new = rows["1", 1], rows["1", 2]
    assert (old["name"], old["mobile"], old["phones"]) == (None, None, None)
    assert (new["name"], new["mobile"]) == ("张三", NEW)
    assert rows["2", 1]["name"] == "张三"
    assert old["category_code"] == "1"
    assert verify_landing(home) == []
    held = [path for path in home.rglob("*") if path.is_file() and OLD.encode() in path.read_bytes()]
    assert held == []
    assert apply(home, replaced + timedelta(days=1096)) == 0


def test_original_and_refused_bytes_go_first_and_the_issue_stays_the_same(home: Path) -> None:
    before = rejected_rows(home)
    assert apply(home, AT.date() + timedelta(days=366)) == 1
    assert rejected_rows(home).equals(before)
    batches = sorted((home / "landing" / "police" / "SYRK").glob("batch=*"))
    assert [any((folder / "original").rglob("*.csv")) for folder in batches] == [False, True]
    assert not [folder for folder in batches if BAD.strip() in b"".join(p.read_bytes() for p in folder.glob("*rejects.parquet"))]
    assert verify_landing(home) == []
    assert forgotten(home).replaced_until == 0
    told = replay(new_landing(home, AT + timedelta(days=400)), POLICE)
    assert [(each.loaded, each.is_kept) for each in told] == [(0, False)]


def test_versions_that_would_need_what_was_emptied_are_known(home: Path) -> None:
    apply(home, AT.date() + timedelta(days=1100))
    gone = forgotten(home)
    assert gone.lacks(1, AT)
    assert not gone.lacks(2, AT + timedelta(days=1))


def test_messages_go_by_whole_years_and_versions_made_since_can_be_made_again(tmp_path: Path) -> None:
    layer = retention().layers["message"]
    assert layer.before(date(2030, 1, 2)) == layer.before(date(2030, 12, 29)) == date(2027, 1, 1)
    home, contract = tmp_path, load_contract("device")
    entity, name = contract.entity("telemetry"), "dt=2026-11-20/hour=08/part-0.ndjson"
    data = b'{"id":"m1","dev":"d1","t":1795176008656,"rx":1795176008974,"k":"hb","bat":90,"sig":-70}\n'
    found = admit(contract, entity, name, data)
    new_landing(home).land(Delivery(contract, entity, name, sha256(data), found.reading, {"part-0.ndjson": found.kept}))
    path = next((home / "landing" / "device" / "telemetry").glob("batch=*/data.parquet"))
    assert pl.read_parquet(path).height == 1
    assert apply(home, date(2029, 12, 1)) == 1  # the original
    assert pl.read_parquet(path).height == 1
    assert apply(home, date(2030, 1, 2)) == 1
    assert pl.read_parquet(path).is_empty()
    assert verify_landing(home) == []
    assert forgotten(home).lacks(1, datetime(2029, 6, 1, tzinfo=UTC))
    assert not forgotten(home).lacks(1, datetime(2030, 1, 3, tzinfo=UTC))


def test_every_landed_column_has_one_class(tmp_path: Path) -> None:
    ensure_empty(tmp_path, load_contracts().values())
    columns = {name for path in tmp_path.glob("landing/*/*/empty/*.parquet") for name in pl.read_parquet_schema(path)}
    named = {name for each in retention().columns.values() for name in each.columns}
    assert (sorted(columns - named), sorted(named - columns)) == ([], [])


def test_what_the_history_is_made_of_is_never_emptied() -> None:
    """Models of earlier versions read these columns from rows that were replaced."""
    limited = {name for each in retention().columns.values() if each.days for name in each.columns}
    models = list(STAGING.rglob("*_version.sql"))
    read = {name for path in models for name in limited if f"'{name}'" in path.read_text(encoding="utf-8")}
    assert (len(models) > 4, read) == (True, set())


def test_days_against_the_law_or_one_another_are_refused_in_words() -> None:
    assert retention({"package": 30}).layers["package"].days == 30
    with pytest.raises(ValidationError, match="依法至少保留 180 天"):
        retention({"audit": 90})
    with pytest.raises(ValidationError, match="不得长于"):
        retention({"identifying": 100})
    with pytest.raises(ValueError, match="没有名为 names 的保留类别"):
        retention({"names": 3})
