"""Dated folders with manifests: what is complete loads, what is wrong is named, what is known is no news."""

from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.source_files import AT, csv_bytes, person, pull, write_config, write_day

pytestmark = pytest.mark.slow  # every test lands batches

ONE, TWO, THREE = (csv_bytes([person(str(number))]) for number in range(1, 4))


def landed(tmp_path: Path) -> pl.DataFrame:
    files = sorted((tmp_path / "home" / "landing" / "police" / "SYRK").glob("batch=*/data.parquet"))
    return pl.concat([pl.read_parquet(path) for path in files]).sort("_sequence")


def test_a_folder_without_a_manifest_is_left_alone(tmp_path: Path) -> None:
    root = tmp_path / "police"
    write_day(root, "20261120", {"SYRK_20261120_I_001.csv": ONE})
    (root / "20261121").mkdir()
    (root / "20261121" / "SYRK_20261121_I_001.csv").write_bytes(TWO)
    found = pull(write_config(tmp_path, police=f"file://{root}"), "police")
    assert [receipt.file for receipt in found.receipts] == ["20261120/SYRK_20261120_I_001.csv"]
    assert found.refused == []
    assert "20261121: no manifest yet" in found.notes[0]


def test_what_is_wrong_is_named_and_the_rest_loads_and_is_looked_at_again(tmp_path: Path) -> None:
    root = tmp_path / "police"
    names = [f"SYRK_20261120_I_00{number}.csv" for number in range(1, 5)]
    write_day(root, "20261120", dict(zip(names, [ONE, TWO, THREE, csv_bytes([person("4")])], strict=True)), {names[3]: 2})
    folder = root / "20261120"
    (folder / names[1]).write_bytes(TWO + b"x")
    (folder / names[2]).unlink()
    (folder / "SYRK_20261120_I_009.csv").write_bytes(ONE)
    config = write_config(tmp_path, police=f"file://{root}")
    found = pull(config, "police")
    assert [receipt.file for receipt in found.receipts] == [f"20261120/{names[0]}"]
    assert [line.split(":")[0] for line in found.refused] == [f"police 20261120/SYRK_20261120_I_00{n}.csv" for n in (2, 3, 4, 9)]
    assert "SHA-256 differs" in found.refused[0]
    assert "missing" in found.refused[1]
    assert "manifest says 2" in found.refused[2]
    assert "not listed" in found.refused[3]
    (folder / names[1]).write_bytes(TWO)
    (folder / names[2]).write_bytes(THREE)
    again = pull(config, "police", AT + timedelta(days=1))
    assert [receipt.file for receipt in again.receipts] == [f"20261120/{names[1]}", f"20261120/{names[2]}"]
    assert len(again.refused) == 2


def test_the_same_batch_under_another_day_is_no_news_and_said_so(tmp_path: Path) -> None:
    root = tmp_path / "police"
    config = write_config(tmp_path, police=f"file://{root}")
    write_day(root, "20261120", {"SYRK_20261120_F_001.csv": ONE, "SYRK_20261120_F_002.csv": TWO})
    assert len(pull(config, "police").receipts) == 2
    write_day(root, "20261121", {"SYRK_20261121_F_001.csv": ONE, "SYRK_20261121_F_002.csv": TWO})
    for _ in range(2):
        again = pull(config, "police")
        assert again.receipts == []
        assert again.message == "nothing new"
    assert landed(tmp_path)["_snapshot_id"].unique().to_list() == ["20261120"]


def test_a_part_that_repeats_still_completes_its_newer_snapshot(tmp_path: Path) -> None:
    root = tmp_path / "police"
    config = write_config(tmp_path, police=f"file://{root}")
    write_day(root, "20261120", {"SYRK_20261120_F_001.csv": ONE, "SYRK_20261120_F_002.csv": TWO})
    pull(config, "police")
    write_day(root, "20261121", {"SYRK_20261121_F_001.csv": ONE, "SYRK_20261121_F_002.csv": THREE})
    assert len(pull(config, "police").receipts) == 2
    assert pull(config, "police").receipts == []
    newest = landed(tmp_path).filter(pl.col("_snapshot_id") == "20261121")
    assert newest.select("source_key", "_is_full", "_snapshot_part", "_snapshot_parts").rows() == [
        ("1", True, 1, 2),
        ("3", True, 2, 2),
    ]


def test_a_snapshot_that_returns_to_an_older_state_is_news(tmp_path: Path) -> None:
    root = tmp_path / "police"
    config = write_config(tmp_path, police=f"file://{root}")
    for day, data in (("20261118", ONE), ("20261119", TWO), ("20261120", ONE)):
        write_day(root, day, {f"SYRK_{day}_F_001.csv": data})
    assert len(pull(config, "police").receipts) == 3
    assert pull(config, "police").receipts == []
    assert landed(tmp_path)["_snapshot_id"].to_list() == ["20261118", "20261119", "20261120"]


def test_losing_the_state_costs_time_only(tmp_path: Path) -> None:
    root = tmp_path / "police"
    config = write_config(tmp_path, police=f"file://{root}")
    write_day(root, "20261120", {"SYRK_20261120_I_001.csv": ONE})
    pull(config, "police")
    for path in (tmp_path / "home" / "state").rglob("*.json"):
        path.unlink()
    write_day(root, "20261121", {"SYRK_20261121_I_001.csv": TWO})
    assert [receipt.loaded_rows for receipt in pull(config, "police").receipts] == [1]
    assert landed(tmp_path)["_sequence"].to_list() == [1, 2]


def test_a_manifest_that_cannot_be_read_refuses_its_lines_only(tmp_path: Path) -> None:
    root = tmp_path / "police"
    write_day(root, "20261120", {"SYRK_20261120_I_001.csv": ONE})
    path = root / "20261120" / "MANIFEST_20261120.csv"
    path.write_bytes(path.read_bytes() + b"../../passwd,1,00\r\nSYRK_20261120_I_003.csv,many,00\r\nx\r\n")
    found = pull(write_config(tmp_path, police=f"file://{root}"), "police")
    assert [receipt.loaded_rows for receipt in found.receipts] == [1]
    assert len(found.refused) == 3
