"""What never enters is taken out before anything is kept, and nothing else is."""

import io
import json

import polars as pl
import pytest
from openpyxl import Workbook

from ingestion.contracts.loader import load_contract, load_contracts
from ingestion.readers.by_format import admit

DEVICE, POLICE = load_contract("device"), load_contract("police")


@pytest.mark.parametrize("name", ["faceTemplate", "人脸照片", "wifiMac", "MZ", "religion", "plateNo", "creditScore", "信访次数"])
def test_what_never_enters_is_known_by_its_name(name: str) -> None:
    assert all(contract.is_forbidden(name) for contract in load_contracts().values())


@pytest.mark.parametrize("name", ["surface", "template", "vendor", "XM", "address", "note"])
def test_harmless_names_are_let_in(name: str) -> None:
    assert not any(contract.is_forbidden(name) for contract in load_contracts().values())


def test_no_contract_forbids_its_own_fields() -> None:
    for contract in load_contracts().values():
        for entity in contract.entities:
            assert not [name for name in entity.fields if contract.is_forbidden(name)]


def test_json_loses_forbidden_fields_at_any_depth_and_keeps_its_lines() -> None:
    lines = [{"id": "a", "dev": "d", "extra": {"faceImage": "SECRET", "x": 1}}, {"id": "b", "dev": "d"}]
    data = b"\n".join([json.dumps(lines[0]).encode(), b'{"id":"c","faceImage":"SECR', json.dumps(lines[1]).encode()])
    found = admit(DEVICE, DEVICE.entity("telemetry"), "part-1.ndjson", data)
    assert found.dropped == ["faceImage"]
    assert b"SECR" not in found.kept
    assert found.reading.frame.select("_line", "id").rows() == [(1, "a"), (3, "b")]
    assert found.reading.broken["original"].to_list() == [b"withheld"]


def test_a_csv_loses_forbidden_columns_and_keeps_its_lines() -> None:
    data = (
        'RYBH,民族,XM,GXSJ\r\n1,SECRET,张三,20261119080000\r\n\r\n2,SECRET\r\n3,"SEC\r\nRET",李四,20261119080000\r\n5,x,y,z\r\n'
    )
    found = admit(POLICE, POLICE.entity("SYRK"), "SYRK_20261120_I_001.csv", data.encode("gb18030"))
    assert found.dropped == ["民族"]
    assert b"SEC" not in found.kept
    assert found.reading.frame.select("_line", "RYBH", "XM").rows()[0] == (2, "1", "张三")
    assert found.reading.frame["RYBH"].to_list() == ["1", "3", "5"]
    assert found.reading.broken["_line"].to_list() == [4]


def test_a_workbook_and_a_parquet_file_lose_forbidden_columns() -> None:
    feedback = load_contract("feedback")
    book, written = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    page.title = "核查结果"
    page.append(["task_id", "政治面貌", "verdict"])
    page.append(["t1", "SECRET", "确认"])
    book.save(written)
    found = admit(feedback, feedback.entity("verdict"), "a.xlsx", written.getvalue())
    assert found.dropped == ["政治面貌"]
    assert found.reading.frame.select("task_id", "verdict").rows() == [("t1", "确认")]
    table = io.BytesIO()
    pl.DataFrame({"id": ["a"], "dev": ["d"], "faceId": ["SECRET"]}).write_parquet(table)
    taken = admit(DEVICE, DEVICE.entity("telemetry"), "p.parquet", table.getvalue())
    assert taken.dropped == ["faceId"]
    assert b"SECRET" not in taken.kept


def test_files_without_them_are_kept_byte_for_byte() -> None:
    data = b'{"id":"a","dev":"surface","k":"hb"}\n'
    found = admit(DEVICE, DEVICE.entity("telemetry"), "p.ndjson", data)
    assert (found.dropped, found.kept) == ([], data)
