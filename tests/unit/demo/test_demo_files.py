"""What the demo writes: manifests that match, the bytes of GB18030-2022, telemetry of every form and flaw, and the truth."""

import csv
import gzip
import hashlib
import io
import json
import sqlite3
from collections import Counter
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from ingestion.demo.files.feedback_files import write_feedback
from ingestion.demo.files.gb18030 import encode
from ingestion.demo.sources.telemetry import midnight
from ingestion.demo.write import DemoSources, messages_of
from tests.unit.demo.conftest import Written

HOURS = 3_600_000


def test_manifest_matches_every_file(written: Written) -> None:
    folder = written.sources.police / "20261120"
    lines = list(csv.DictReader((folder / "MANIFEST_20261120.csv").read_text("gb18030").splitlines()))
    assert {line["FILE_NAME"] for line in lines} == {p.name for p in folder.iterdir()} - {"MANIFEST_20261120.csv"}
    for line in lines:
        content = (folder / line["FILE_NAME"]).read_bytes()
        rows = list(csv.reader(io.StringIO(content.decode("gb18030"), newline="")))
        assert hashlib.sha256(content).hexdigest() == line["SHA256"]
        assert len(rows) - 1 == int(line["ROW_COUNT"])
        assert content.count(b"\r\n") >= len(rows)


def test_large_register_comes_in_numbered_parts(written: Written) -> None:
    names = sorted(path.name for path in (written.sources.police / "20261120").glob("SYRK*"))
    assert names == [f"SYRK_20261120_F_{number:03d}.csv" for number in range(1, len(names) + 1)]
    assert len(names) > 1


def test_some_rows_have_a_wrong_number_of_fields(written: Written) -> None:
    wrong = 0
    for path in (written.sources.police / "20261120").glob("SYRK*"):
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("gb18030"), newline="")))
        wrong += sum(len(row) != len(rows[0]) for row in rows)
    assert wrong >= written.street.tables["police.SYRK"]["_damaged"].sum() > 0


@pytest.mark.parametrize(
    ("text", "content"),
    [("龴", "FE59"), ("龻", "FEA0"), ("\ufe10", "A6D9"), ("\ufe12", "A6DA"), ("\u1e3f", "A8BC"), ("·", "A1A4")],
)
def test_gb18030_of_2022(text: str, content: str) -> None:
    assert encode(text) == bytes.fromhex(content)


def test_database_has_the_tables_and_columns_of_the_bureau(written: Written) -> None:
    with sqlite3.connect(written.sources.property_db) as connection:
        stamps = [stamp for (stamp,) in connection.execute("select updated_at from house limit 5")]
        columns = [row[1] for row in connection.execute("pragma table_info(owner)")]
        count = connection.execute("select count(*) from owner").fetchone()[0]
    assert columns == [
        "owner_id",
        "house_id",
        "owner_name",
        "cert_type",
        "cert_no",
        "mobile",
        "share_pct",
        "start_date",
        "end_date",
        "is_deleted",
        "updated_at",
    ]
    assert all(len(stamp) == len("2026-11-20 08:00:00") for stamp in stamps)
    assert count == written.street.tables["property.owner"].height


def test_civil_records_have_the_shape_of_the_interface(written: Written) -> None:
    cases, elders, certificates = (
        json.loads((written.sources.civil / f"{name}.json").read_text("utf-8"))
        for name in ("assistance-cases", "elderly-services", "disability-certificates")
    )
    assert all(set(member) == {"name", "certNo", "relation", "isHead"} for case in cases for member in case["members"])
    assert all(case["members"] for case in cases)
    assert any("*" in (row["certNo"] or "") for row in elders)
    assert all(len(row["certificateNo"]) == 20 for row in certificates)
    assert any(set(row) & {"dataVersion", "operatorDept", "syncBatch", "extra"} for row in elders)
    assert [row["modifiedAt"] for row in elders] == sorted(row["modifiedAt"] for row in elders)


def lines_of(sources: DemoSources) -> list[str]:
    return [
        line
        for path in sorted(sources.device.glob("telemetry/*/*/*.ndjson.gz"))
        for line in gzip.decompress(path.read_bytes()).decode().splitlines()
    ]


def test_telemetry_comes_in_every_form(written: Written) -> None:
    names = Counter(path.name.partition(".")[2] for path in written.sources.device.glob("telemetry/*/*/*"))
    assert names == {"ndjson.gz": 21, "ndjson": 1, "ndjson.zst": 1, "parquet": 1}


def test_some_lines_are_not_json_and_the_rest_is_whole(written: Written) -> None:
    bad = 0
    for line in lines_of(written.sources):
        try:
            message = json.loads(line)
        except ValueError:
            bad += 1
            continue
        assert not message or isinstance(message, list) or {"id", "dev", "t", "rx", "k", "bat", "sig"} <= set(message)
    assert bad > 0


def test_messages_repeat_come_late_and_with_wrong_clocks(written: Written) -> None:
    messages, start = messages_of(written.street, written.street.day), midnight(written.street.day)
    flaws = messages["_flaw"].value_counts().drop_nulls()
    assert set(flaws["_flaw"]) == {"late", "repeated", "clock_1970", "clock_ahead"}
    assert messages["rx"].is_between(start, start + 24 * HOURS - 1).all()
    late = messages.filter(pl.col("_flaw") == "late").select((pl.col("rx") - pl.col("t")).alias("behind"))["behind"]
    assert late.is_between(HOURS, 72 * HOURS + 90_000).all()
    assert messages["id"].n_unique() < messages.height


def test_heartbeats_come_at_the_devices_pace(written: Written) -> None:
    register = written.street.tables["device.register"].filter(pl.col("type") == "arc_fault", pl.col("status") == "ACTIVE")
    beats = messages_of(written.street, written.street.day).filter((pl.col("k") == "hb") & pl.col("_flaw").is_null())
    counted = beats.filter(pl.col("dev").is_in(register["deviceId"].to_list())).height / register.height
    assert 22 < counted <= 24


def test_work_orders_name_alarms_that_exist(written: Written) -> None:
    orders = pl.read_ndjson(written.sources.device / "workorders" / "workorders_20261120.ndjson")
    alarms = messages_of(written.street, written.street.day).filter(pl.col("k") == "ev")["id"]
    assert orders.height > 5
    assert orders["alarmId"].is_in(alarms.to_list()).all()
    assert set(orders["outcome"].drop_nulls()) <= {"REAL", "FALSE", "TEST"}


def test_truth_knows_the_person_of_every_record(written: Written) -> None:
    record = pl.read_parquet(written.sources.truth / "record.parquet")
    person = pl.read_parquet(written.sources.truth / "person.parquet")
    assert record.select("source_system", "source_entity", "plain_key").is_duplicated().sum() == 0
    assert record["person"].drop_nulls().is_in(person["person"].to_list()).all()
    assert set(record.filter(pl.col("person").is_null())["source_entity"]) == {"owner"}
    assert record.filter(pl.col("source_entity") == "assistance-cases")["source_key"].str.contains(r"#\d+$").all()
    assert record.filter(pl.col("source_entity") == "disability-certificates")["source_key"].null_count() > 0


def test_truth_knows_the_dwelling_of_every_address(written: Written) -> None:
    address = pl.read_parquet(written.sources.truth / "address.parquet")
    place = pl.read_parquet(written.sources.truth / "place.parquet")
    assert set(address["grade"]) == {"dwelling", "building", "estate", "none"}
    assert address.filter(pl.col("grade") == "dwelling")["dwelling"].null_count() == 0
    houses = place.filter(pl.col("source_entity") == "house")
    assert houses["dwelling"].n_unique() == houses.height


def test_feedback_workbook_has_the_sheet_of_verdicts(tmp_path: Path) -> None:
    row = {"task_id": "T1", "verdict": "确认", "checked_by": "网格员", "checked_at": "2026-11-20"}
    sheet = openpyxl.load_workbook(write_feedback(tmp_path / "a.xlsx", [row]))["核查结果"]
    assert [cell.value for cell in sheet[1]] == ["task_id", "verdict", "field", "value", "checked_by", "checked_at"]
    assert [cell.value for cell in sheet[2]] == ["T1", "确认", None, None, "网格员", "2026-11-20"]
