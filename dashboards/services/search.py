"""Understanding what was typed into the search box, and telling what was found.

Not here: rights, and the log (repositories/plain.py).
"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import polars as pl

from dashboards.repositories.plain import CAP, find_dwellings, find_people
from dashboards.repositories.reader import Reader
from dashboards.services.labels import label
from dashboards.services.language import say, signed
from dashboards.vault.people_index import kind_of, tidy

_PIECE = re.compile(r"[0-9]+|[A-Z]+|[^0-9A-Z\W_]+")
MOST = CAP  # lines of people, and of dwellings, that are shown
SHORT = "请至少输入两个汉字、两个字母或四位数字。"


def is_short(text: str) -> bool:
    """Whether there is too little to search for."""
    return kind_of(tidy(text)) is None


def is_place(text: str) -> bool:
    """Whether the text can only be an address: digits beside Chinese signs."""
    asked = tidy(text)
    return bool(re.search(r"\d", asked) and re.search(r"[\u4e00-\u9fff]", asked))


def may_be_place(text: str) -> bool:
    """Whether dwellings are looked for as well: the text has Chinese signs."""
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def address_pattern(text: str) -> str:
    """The pieces of an address in their order, whatever stands between them; a number is never a part of a longer one."""
    pieces = _PIECE.findall(unicodedata.normalize("NFKC", text).upper())
    return ".*?".join(rf"(?:^|\D){piece}(?:\D|$)" if piece.isdigit() else re.escape(piece) for piece in pieces)


def find(reader: Reader, home: Path, text: str) -> pl.DataFrame:
    """People who fit, one row each, to be shown: `resident_id`, `shown`; one more than CAP: there are more."""
    found = find_people(reader, home, text)
    return _lines(found, "resident_id", _person_line)


def find_places(reader: Reader, home: Path, text: str) -> pl.DataFrame:
    """Dwellings that fit, one row each: `dwelling_id`, `shown`; one more than CAP: there are more."""
    pattern = address_pattern(text)
    found = find_dwellings(reader, home, text, pattern)
    return _lines(found, "dwelling_id", _home_line)


def person_line(row: dict[str, object]) -> str:
    """`张** · 男 · 1958年生 · 户籍在住`: one person in one line, masked."""
    born = say("{year}年生", year=row["birth_year"]) if row.get("birth_year") else say("出生年份未知")
    return " · ".join([str(row["name_masked"] or say("（无姓名）")), label("sex", _text(row["sex_code"])), born])


def _lines(found: pl.DataFrame, key: str, line: Callable[[dict[str, object]], str]) -> pl.DataFrame:
    """In this thread, which speaks the page's language: Polars's own would speak Chinese."""
    rows = [(row[key], line(row)) for row in found.iter_rows(named=True)]
    return pl.DataFrame(rows, schema={key: pl.String, "shown": pl.String}, orient="row")


def _person_line(row: dict[str, object]) -> str:
    standing = label("resident_status", _text(row["status"]))
    kind = label("resident_category", _text(row["resident_category"])) if row["status"] == "active" else standing
    place = str(row["address"] or say("无住址"))
    return f"{person_line(row)} · {kind} · {place}" + signed(f"（{label('found_how', _text(row['how']))}）")


def _home_line(row: dict[str, object]) -> str:
    use = label("occupancy", _text(row["occupancy"]))
    estate = f"{row['estate_name']} · " if row["estate_name"] else ""
    return f"{estate}{row['address']} · {use} · {say('{count}人', count=row['resident_count'])}"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
