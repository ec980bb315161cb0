"""Landing: every row is accounted for, a batch is there whole or not at all, and what lies there can be checked."""

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion.cleaning.entity import clean
from ingestion.contracts.loader import load_contract, load_contracts
from ingestion.landing.batch_folder import BatchFolder
from ingestion.landing.columns import landed_dtypes
from ingestion.landing.delivery import Delivery
from ingestion.landing.empty import ensure_empty
from ingestion.landing.landing import AccountingError, Landing
from ingestion.landing.ledger import inputs_digest, read_ledger, rejected_rows
from ingestion.landing.verify import verify_landing
from ingestion.pulling.files import sha256
from ingestion.readers.by_format import admit
from tests.source_files import AT, csv_bytes, message, ndjson, new_landing, person

POLICE, DEVICE = load_contract("police"), load_contract("device")


def delivery(data: bytes, entity: str = "SYRK", name: str = "SYRK_20261120_I_001.csv") -> Delivery:
    contract = POLICE if entity == "SYRK" else DEVICE
    found = admit(contract, contract.entity(entity), name, data)
    return Delivery(contract, contract.entity(entity), f"20261120/{name}", sha256(data), found.reading, {name: found.kept})


def batches(home: Path, pattern: str = "*/*") -> list[Path]:
    return sorted((home / "landing").glob(f"{pattern}/batch=*"))


def test_a_batch_holds_rows_rejects_originals_and_the_truth_about_itself(tmp_path: Path) -> None:
    data = csv_bytes([person("1"), person("1"), person("2", XM="李四"), person("", XM="无号")]) + b"too,short\r\n"
    receipt = new_landing(tmp_path).land(delivery(data))
    assert (receipt.read_rows, receipt.loaded_rows, receipt.rejected_rows, receipt.deduplicated_rows) == (5, 2, 2, 1)
    (folder,) = batches(tmp_path)
    assert folder.name == f"batch=20261121T010000Z-{sha256(data)[:16]}"
    assert (folder / "original" / "SYRK_20261120_I_001.csv").read_bytes() == data
    rows = pl.read_parquet(folder / "data.parquet")
    assert dict(rows.schema) == landed_dtypes("police", "SYRK")
    assert rows.select("source_key", "_line", "_is_full", "_sequence").rows() == [("1", 3, False, 1), ("2", 4, False, 1)]
    assert rows["_received_at"].to_list() == [AT.replace(tzinfo=None)] * 2
    rejects = pl.read_parquet(folder / "rejects.parquet")
    assert rejects.select("line", "rule").rows() == [(5, "KEY-MISSING"), (6, "CSV-FIELD-COUNT")]
    assert rejects["original"][0] == data.split(b"\r\n")[4]
    assert verify_landing(tmp_path) == []
    assert rejected_rows(tmp_path).select("entity", "line").rows() == [("SYRK", 5), ("SYRK", 6)]


def test_the_same_bytes_again_are_no_new_batch(tmp_path: Path) -> None:
    data = csv_bytes([person("1")])
    first = new_landing(tmp_path).land(delivery(data))
    before = inputs_digest(tmp_path, {})
    again = new_landing(tmp_path, AT + timedelta(days=1)).land(delivery(data))
    assert not again.is_new
    assert again.batch_id == first.batch_id
    assert len(batches(tmp_path)) == 1
    assert inputs_digest(tmp_path, {}) == before


def test_telemetry_keeps_its_repeats(tmp_path: Path) -> None:
    data = ndjson([message(1), message(1), message(2)]) + b'{"id":"cut'
    receipt = new_landing(tmp_path).land(delivery(data, "telemetry", "part-1.ndjson"))
    assert (receipt.read_rows, receipt.loaded_rows, receipt.rejected_rows, receipt.deduplicated_rows) == (4, 3, 1, 0)


@pytest.mark.slow  # lands fifteen batches
@given(keys=st.lists(st.sampled_from(["", "1", "2", "3"]), max_size=8), short=st.integers(0, 3), blank=st.integers(0, 2))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_read_is_loaded_and_rejected_and_deduplicated(tmp_path: Path, keys: list[str], short: int, blank: int) -> None:
    data = csv_bytes([person(key) for key in keys]) + b"a,b\r\n" * short + b"\r\n" * blank
    receipt = new_landing(tmp_path).land(delivery(data))
    assert receipt.read_rows == len(keys) + short
    assert receipt.read_rows == receipt.loaded_rows + receipt.rejected_rows + receipt.deduplicated_rows
    assert receipt.loaded_rows == len({key for key in keys if key})
    ledger = read_ledger(tmp_path)
    assert (ledger["read_rows"] == ledger["loaded_rows"] + ledger["rejected_rows"] + ledger["deduplicated_rows"]).all()
    assert ledger["batch_id"].is_unique().all()


def test_rows_that_do_not_add_up_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.landing.landing.clean", _lossy)
    with pytest.raises(AccountingError):
        new_landing(tmp_path).land(delivery(csv_bytes([person("1"), person("2")])))
    assert batches(tmp_path) == []
    assert list((tmp_path / "landing" / ".incoming").iterdir()) == []


def _lossy(schema: object, raw: pl.DataFrame, context: object) -> object:
    return clean(schema, raw.head(1), context)  # type: ignore[arg-type]


def test_what_a_dead_process_left_is_swept_and_what_a_living_one_writes_stays(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    left = tmp_path / "landing" / ".incoming" / f"{dead.stdout.strip()}-abc"
    left.mkdir(parents=True)
    (left / "data.parquet").write_bytes(b"half")
    mine = BatchFolder(tmp_path)
    new_landing(tmp_path)
    assert not left.exists()
    assert mine.path.exists()
    assert mine.path.name.startswith(f"{os.getpid()}-")


def test_every_entity_has_a_typed_empty_file(tmp_path: Path) -> None:
    ensure_empty(tmp_path, load_contracts().values())
    for contract in load_contracts().values():
        for entity in contract.entities:
            frame = pl.read_parquet(tmp_path / "landing" / contract.source / entity.name / "empty" / "data.parquet")
            assert dict(frame.schema) == landed_dtypes(contract.source, entity.name)
            assert frame.is_empty()
    assert (tmp_path / "landing" / "civil" / "assistance-cases" / "empty" / "member.parquet").exists()


@pytest.fixture
def landed(tmp_path: Path) -> Path:
    landing = new_landing(tmp_path)
    landing.land(delivery(csv_bytes([person("1"), person("")])))
    return batches(tmp_path)[0]


def test_verify_finds_a_flipped_bit(landed: Path, tmp_path: Path) -> None:
    path = landed / "data.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert "data.parquet was changed" in verify_landing(tmp_path)[0]


def test_verify_finds_missing_surplus_and_moved_things(landed: Path, tmp_path: Path) -> None:
    (landed / "rejects.parquet").unlink()
    (landed / "note.txt").write_text("?")
    found = " ".join(verify_landing(tmp_path))
    assert "rejects.parquet is missing" in found
    assert "note.txt does not belong here" in found
    shutil.move(landed, landed.with_name(landed.name[:-1] + "z"))
    assert "does not carry the name" in " ".join(verify_landing(tmp_path))


def test_verify_finds_a_manifest_that_was_changed(landed: Path, tmp_path: Path) -> None:
    path = landed / "manifest.json"
    content = json.loads(path.read_text())
    content["counts"]["loaded_rows"] += 1
    path.write_text(json.dumps(content))
    assert "manifest was changed" in verify_landing(tmp_path)[0]


def test_folders_are_closed_to_others(landed: Path) -> None:
    assert landed.stat().st_mode & 0o077 == 0
    assert landed.parent.stat().st_mode & 0o077 == 0


def test_landing_knows_its_batches_in_the_order_of_arrival(tmp_path: Path) -> None:
    landing = new_landing(tmp_path)
    for number in range(3):
        landing.land(delivery(csv_bytes([person(str(number))])))
    assert [found.sequence for found in Landing.known(new_landing(tmp_path), "police", "SYRK")] == [1, 2, 3]
