"""A person who is erased is in no byte below home, nobody else is touched, and the next run does not bring them back."""

import gzip
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import zstandard
from openpyxl import load_workbook

from ingestion.landing.verify import verify_landing
from orchestration.publish.verify import verify_published

pytestmark = pytest.mark.slow
YIDANG = Path(sys.executable).with_name("yidang")
REF = ["source_system", "source_entity", "source_key"]
PLAIN = ("name", "id_number", "id_evidence", "mobile", "phones")


def _yidang(folder: Path, *words: str, ok: tuple[int, ...] = (0,)) -> str:
    key = folder / "demo-data" / "home" / "security" / "demo.key"
    environment = os.environ | ({"YIDANG_KEY": key.read_text("utf-8").strip()} if key.exists() else {})
    done = subprocess.run([YIDANG, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in ok, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("erase")
    _yidang(folder, "demo", "--houses", "200", "--seed", "5", "--no-serve")
    return folder


def _table(street: Path, name: str) -> pl.DataFrame:
    newest = sorted((street / "demo-data" / "home" / "published").glob("2*"))[-1]
    return pl.read_parquet(newest / "tables" / f"{name}.parquet")


def _landed(home: Path) -> pl.DataFrame:
    """Every landed person record with its plain values in one list."""
    frames = []
    for path in home.glob("landing/*/*/batch=*/*.parquet"):
        columns = pl.read_parquet_schema(path)
        wanted = [name for name in PLAIN if name in columns]
        if "source_key" in columns and wanted:
            told = pl.concat_list(*(pl.col(name) for name in wanted)).list.drop_nulls()
            where = {"source_system": path.parents[2].name, "source_entity": path.parents[1].name}
            frames.append(
                pl.read_parquet(path).select("source_key", plain=told).with_columns(pl.lit(v).alias(k) for k, v in where.items())
            )
    return pl.concat(frames)


def _contents(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    if path.suffix == ".gz":
        yield gzip.decompress(data)
    if path.suffix == ".zst":
        yield zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read()
    if path.suffix == ".parquet":
        for column in pl.read_parquet(path).get_columns():
            yield b" ".join(column.drop_nulls().to_list()) if column.dtype == pl.Binary else repr(column.to_list()).encode()


def _where(home: Path, values: set[str]) -> set[str]:
    wanted = [value.encode(encoding) for value in values for encoding in ("utf-8", "gb18030")]
    return {
        path.name
        for path in home.rglob("*")
        if path.is_file() and any(value in content for content in _contents(path) for value in wanted)
    }


def test_nothing_of_the_person_is_left_and_everybody_else_is(street: Path) -> None:
    home, config = street / "demo-data" / "home", "demo-data/yidang.toml"
    before, people = _table(street, "resident_source"), _table(street, "resident")
    told = (
        _landed(home)
        .join(before, REF, "left")
        .explode("plain")
        .select("resident_id", "source_entity", "plain")
        .drop_nulls("plain")
    )
    whose = pl.col("resident_id").fill_null("a case on which others stand as well")
    own = told.filter(whose.n_unique().over("plain") == 1).drop_nulls().group_by("resident_id")
    ranked = own.agg(pl.col("source_entity").n_unique(), pl.col("plain").unique()).sort("source_entity", "resident_id")
    who = ranked.row(-1, named=True)
    values = {value for value in who["plain"] if re.search(r"\d{11}|^[\u4e00-\u9fff]{3}$", value)}
    assert len(values) > 1
    assert _where(home, values)
    told_by = _yidang(street, "erase", "--config", config, who["resident_id"], "--reason", "本人申请")
    assert "0 hold anything of the person" in told_by
    assert not _where(home, values)
    assert not verify_landing(home)
    assert not verify_published(home)
    assert who["resident_id"] not in _table(street, "resident")["resident_id"].to_list()
    _yidang(street, "run", "--config", config, ok=(0, 3))
    assert not _where(home, values)
    after = before.join(_table(street, "resident_source"), REF, "left", suffix="_after")
    assert set(after.filter(pl.col("resident_id_after").is_null())["resident_id"]) == {who["resident_id"]}
    assert after.filter(pl.col("resident_id") != pl.col("resident_id_after")).is_empty()
    assert _table(street, "resident").height == people.height - 1
    again = _yidang(street, "erase", "--config", config, who["resident_id"], "--reason", "本人申请", ok=(1,))
    assert "nobody is known as" in again


def _full_snapshot(street: Path, day: str, who: str) -> Path:
    """All that the police told on the first day, once more in another order, and the same person under a new key as well."""
    police = next((street / "demo-data").glob("sources-*")) / "police"
    first = sorted(police.glob("2*"))[0]
    text = next(first.glob("SYRK_*")).read_bytes().decode("gb18030")
    head, *rows = [line for line in text.split("\r\n") if line]
    mine = [row for row in rows if row.partition(",")[0].strip('"') == who]
    assert mine
    rows = [*reversed(rows), mine[0].replace(who, "R999999999", 1)]
    folder = police / day
    folder.mkdir()
    file = folder / f"SYRK_{day}_F_001.csv"
    file.write_bytes("\r\n".join([head, *rows, ""]).encode("gb18030"))
    told = f"{file.name},{len(rows)},{hashlib.sha256(file.read_bytes()).hexdigest()}"
    (folder / f"MANIFEST_{day}.csv").write_bytes(f"FILE_NAME,ROW_COUNT,SHA256\r\n{told}\r\n".encode())
    return file


def _fill_worklist(street: Path, resident: str, committee: str) -> str:
    """A worklist is handed out, and comes back with an answer to every task about the person; gives the rows."""
    config, out = "demo-data/yidang.toml", street / "list.xlsx"
    _yidang(street, "worklist", "--config", config, "--committee", committee, "--receiver", "data_officer", "--out", str(out))
    tasks = set(_table(street, "task").filter(resident_id=resident, state="open")["task_id"])
    book = load_workbook(out)
    sheet = book["核查结果"]
    place = {str(cell.value): cell.column for cell in sheet[4] if cell.value}
    rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, place["task_id"]).value in tasks]
    for row in rows:
        for name, value in (("verdict", "确认"), ("checked_by", "网格员"), ("checked_at", "2026-11-20 15:30")):
            sheet.cell(row, place[name]).value = value
    book.save(next((street / "demo-data").glob("sources-*")) / "feedback" / "核查反馈.xlsx")
    return ", ".join(map(str, rows))


def test_a_later_full_snapshot_does_not_bring_the_person_back(street: Path) -> None:
    """Known again by the record's key, and by name and number under a new key; packages that told of the person are withdrawn."""
    home, config = street / "demo-data" / "home", "demo-data/yidang.toml"
    landed = pl.concat(
        [
            pl.read_parquet(path, columns=["source_key", "name", "id_number", "mobile"])
            for path in home.glob("landing/police/SYRK/batch=*/data.parquet")
        ]
    ).drop_nulls()
    links = _table(street, "resident_source").filter(source_entity="SYRK")
    several = _landed(home).explode("plain").drop_nulls().group_by("plain").agg(pl.col("source_key").n_unique().alias("times"))
    alone = several.filter(times=1)["plain"].implode()
    own = landed.join(links, "source_key").filter(pl.all_horizontal(pl.col("id_number", "mobile").is_in(alone)))
    asked = _table(street, "task").filter(state="open").drop_nulls("committee_code").select("resident_id")
    single = (
        own.filter(pl.len().over("resident_id") == 1).join(asked, "resident_id", "semi").sort("source_key").row(0, named=True)
    )
    values = {single["id_number"], single["mobile"]}
    committee = _table(street, "resident").filter(resident_id=single["resident_id"])["committee_code"][0]
    package = _yidang(street, "package", "make", "--config", config, "--area", committee).strip()
    _yidang(street, "package", "open", "--config", config, package, "--out", "opened")
    shown = (street / "opened" / "resident_roster.parquet").read_bytes()
    assert single["resident_id"] in pl.read_parquet(io.BytesIO(shown))["resident_id"]
    answered = _fill_worklist(street, single["resident_id"], committee)
    told = _yidang(street, "erase", "--config", config, single["resident_id"], "--reason", "本人申请")
    assert f"recalled: rows {answered}" in told
    assert f"withdrawn: return package {package}" in told
    assert not (home / "returns" / f"{package}.sealed").exists()
    people = _table(street, "resident").height
    _full_snapshot(street, "20261121", single["source_key"])
    _yidang(street, "run", "--config", config, ok=(0, 3))
    assert not _where(home, values)
    assert not verify_landing(home)
    after = _table(street, "resident_source")
    assert {single["source_key"], "R999999999"}.isdisjoint(after["source_key"])
    assert after.filter(source_entity="SYRK").height > 100
    assert _table(street, "resident").height <= people
    refused = _table(street, "verdict").filter(line=int(answered.split(",")[0]))
    assert refused["outcome_code"].to_list() == ["recalled"]
    assert refused["task_id"].to_list() == ["recalled"]
    assert (home / "returns" / "receipt" / "核查反馈-处理回告.xlsx").exists()


def test_no_reason_no_erasure(street: Path) -> None:
    resident = _table(street, "resident")["resident_id"][0]
    _yidang(street, "erase", "--config", "demo-data/yidang.toml", resident, ok=(2,))
    assert resident in _table(street, "resident")["resident_id"].to_list()
