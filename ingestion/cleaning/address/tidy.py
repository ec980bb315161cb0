"""The text of an address made ready for parsing: one form of signs, no telephone numbers, no notes. Not here: its elements."""

import polars as pl

from ingestion.cleaning.reference import words
from ingestion.cleaning.text.tidy import normal

_DASHES = r"\s*(?:[‐‑‒–—―−~]|--+)\s*"
_PHONE = r"(?:(?:联系)?(?:电话|手机)|TEL)[:.]?\s*\d[\d\- ]{5,}\d|(?-u:\b)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?-u:\b)"
# Two dwellings in one text: neither may be taken for the other, so the building is all that is left.
_SEVERAL_ROOMS = r"(号|单元|幢|栋|座|楼|层|#|-|门)\d{3,4}[室房]?\s*[、,/;和及]\s*\d{3,4}[室房]?"
# A space inside a number, where the sign behind it leaves no other reading.
_SPLIT_NUMBERS = (
    (r"(\d)\s+(\d+弄)", "$1$2"),
    (r"([弄路街村道巷]\d+)\s+(\d+(?:号|幢|栋|单元))", "$1$2"),
    (r"([号幢栋座]\d+)\s+(\d{1,2}(?:[室房户]|$))", "$1$2"),
    (r"(单元\d+)\s+(\d+(?:[室房户]|$))", "$1$2"),
)
_PHASE = r"\(([一二三四五六七八九十\d]+期|[A-Z东南西北中一二三四五六七八九十\d]+区)\)"
# Other ways of saying the same, brought to the common one before anything is parsed.
_OTHER_WORDS = (
    (r"(\d)号(?:室|房间?|铺)", "${1}室"),
    (r"(\d)号([甲乙丙丁])(\d)", "${1}${2}号${3}"),
    (r"号之([一二三四五六七八九])", "号之${1}号"),
    (r"\d+-\d+[层楼]", ""),
    (r"村民小组|生产小?队", "组"),
    (r"室室|房室", "室"),
)


def tidy(text: pl.Expr) -> pl.Expr:
    """Gives the display form: NFKC, upper case, one dash, one kind of bracket, single spaces."""
    plain = normal(text.str.replace_all(r"[\r\n]+", "")).str.to_uppercase().str.replace_all(_DASHES, "-")
    return plain.str.replace_all(r"[\[【〔《〈「{]", "(").str.replace_all(r"[\]】〕》〉」}]", ")")


def has_phone(tidied: pl.Expr) -> pl.Expr:
    """Tells whether a telephone number stands in the text."""
    return tidied.str.contains(_PHONE)


def has_several_rooms(tidied: pl.Expr) -> pl.Expr:
    """Tells whether one text names two dwellings (302、303室)."""
    return tidied.str.contains(_SEVERAL_ROOMS)


def noted_estate(tidied: pl.Expr) -> pl.Expr:
    """Gives an estate's name that stands in brackets; null where brackets hold something else."""
    endings = "|".join(words("addresses", "estate_endings"))
    noted = tidied.str.extract(rf"\(([^()\d]+(?:{endings}|村))\)")
    return pl.when(~noted.str.contains("近|旁|对面|附近|隔壁|后面")).then(noted)


def body(tidied: pl.Expr) -> pl.Expr:
    """Gives the address alone: no telephone numbers, notes, spaces; ``-`` between numbers that only stand apart."""
    parts = "|".join(words("addresses", "parts"))
    bare = tidied.str.replace_all(_PHONE, " ").str.replace_all(_SEVERAL_ROOMS, "$1")
    bare = bare.str.replace_all(r"(\p{Han})\s+", "$1").str.replace_all(r"\s+([\p{Han}(])", "$1")
    for split, joined in _SPLIT_NUMBERS:
        bare = bare.str.replace_all(split, joined)
    bare = bare.str.replace_all(rf"(\d[室房]?)\(({parts})\)", "$1室$2").str.replace_all(_PHASE, "$1")
    bare = (
        bare.str.replace_all(r"\([^()]*\)?", "").str.replace_all(r"(\d)\s+(\d)", "$1-$2").str.replace_all(r"(\d)\s+(\d)", "$1-$2")
    )
    bare = bare.str.replace_all(r"[\s,。;:!、\"'“”‘’)·]+", "").str.replace_all(r"[./\\_|-]+", "-")
    for other, common in _OTHER_WORDS:
        bare = bare.str.replace_all(other, common)
    return bare.str.strip_chars("-")
