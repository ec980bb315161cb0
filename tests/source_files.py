"""Small deliveries of the five source systems, written by hand for the tests of ingestion. Everything is invented."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook

from ingestion.contracts.loader import load_contract
from ingestion.landing.landing import Landing
from ingestion.pull import SourcePull, pull_source
from ingestion.settings import load_settings

AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
SYRK = load_contract("police").entity("SYRK").fields
PERSON = {"XM": "张三", "XBDM": "1", "ZJZL": "990", "RKLB": "1", "ZXBS": "0", "GXSJ": "20261119080000"}


def person(key: str, **values: str) -> dict[str, str]:
    """One SYRK row by column."""
    return {"RYBH": key, **PERSON, **values}


def csv_bytes(rows: Sequence[dict[str, str]], fields: Sequence[str] = SYRK) -> bytes:
    """A CSV file as the police write it."""
    lines = [",".join(fields), *(",".join(row.get(name, "") for name in fields) for row in rows)]
    return "".join(f"{line}\r\n" for line in lines).encode("gb18030")


def write_day(root: Path, day: str, files: dict[str, bytes], counts: dict[str, int] | None = None) -> None:
    """A complete police batch: the files, then their manifest."""
    folder = root / day
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["FILE_NAME,ROW_COUNT,SHA256"]
    for name, data in files.items():
        (folder / name).write_bytes(data)
        rows = (counts or {}).get(name, data.count(b"\r\n") - 1)
        lines.append(f"{name},{rows},{hashlib.sha256(data).hexdigest()}")
    (folder / f"MANIFEST_{day}.csv").write_bytes("".join(f"{line}\r\n" for line in lines).encode("gb18030"))


def write_config(folder: Path, **urls: str) -> Path:
    """A configuration with these sources; `civil_token` goes with civil."""
    token = urls.pop("civil_token", None)
    sources = "".join(
        f'[sources.{name}]\nurl = "{url}"\n' + (f'token = "{token}"\n' if name == "civil" and token else "")
        for name, url in urls.items()
    )
    path = folder / "yidang.toml"
    path.write_text(
        f'[warehouse]\nhome = "home"\nas_of = "2026-11-20"\n[security]\nkey = "a test key"\n{sources}', encoding="utf-8"
    )
    return path


def pull(config: Path, source: str, at: datetime = AT) -> SourcePull:
    """Pull one source as orchestration does."""
    return pull_source(load_contract(source), load_settings(config), at)


def new_landing(home: Path, at: datetime = AT) -> Landing:
    """The landing area of a home at a moment."""
    return Landing(home, at, date(2026, 11, 20), b"a test key")


def write_property(path: Path, estates: Sequence[tuple[str, str, str]]) -> None:
    """A SQLite database with the agreed tables; estates are (id, name, updated_at)."""
    with sqlite3.connect(path) as database:
        for entity in load_contract("property").entities:
            database.execute(f"create table if not exists {entity.name} ({', '.join(entity.fields)})")
        database.executemany("delete from estate where estate_id = ?", [(key,) for key, _, _ in estates])
        database.executemany("insert into estate (estate_id, estate_name, is_deleted, updated_at) values (?, ?, 0, ?)", estates)
    database.close()


def write_verdicts(path: Path, rows: Sequence[Sequence[object]], sheet: str = "核查结果") -> None:
    """A workbook of results of checks, below a title row."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append(["核查结果登记表"])
    page.append(load_contract("feedback").entity("verdict").fields)
    for row in rows:
        page.append(list(row))
    book.save(path)


def ndjson(rows: Sequence[dict[str, object]]) -> bytes:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def message(number: int, **values: object) -> dict[str, object]:
    """One heartbeat."""
    sent = 1763600000000 + number
    return {"id": f"m{number}", "dev": "d1", "t": sent, "rx": sent + 5, "k": "hb", "bat": 90, "sig": -70, **values}
