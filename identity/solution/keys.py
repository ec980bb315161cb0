"""What two records must share before either can bear on the other: keys, as 64-bit hashes.

A pair of records is linked only where it shares one of these, and no record is judged by another that shares none. Two different
keys of one hash only make more records be looked at again. Not here: which records are (identity/solution/reach.py).
"""

from functools import lru_cache

import polars as pl

from identity.evidence.names import RARE, lost_name, usable_name
from identity.frames import Columns
from identity.rules.rule_book import Filing, NameBook, RuleBook

KEY: Columns = {"no": pl.UInt32, "kind": pl.UInt8, "key": pl.UInt64}
NUMBER = 0  # a document number, whatever its state
LIST = 1  # a case on which different people stand; a household, for a record that tells no dwelling
HOUSED = 2  # a household, for a record that tells its dwelling
# A name with a dwelling, a phone or a birth date; and what a record that lacks something looks for: a name beside what is left of
# an uncertain number, a name in a building without a dwelling, a birth date beside the first or last sign of a damaged name.
SHARED = 3
SOUGHT = 4  # the last three for records that lack none of it: they are found, and do not look for one another
HELD = 5  # a dwelling or a phone, for a record with a whole name
BLANK = 6  # the same for one without: it may be anybody who holds them
_NUMBERS = ("id_number", "id_evidence", "id_visible")
_WHOLE = 16  # signs; of a longer number, one slip leaves the first eleven signs whole, or the three before the last
_LEAD, _TAIL, _SEQUENCE = 11, 4, 3
_ENDS = ("first", "last")
_SOURCE = pl.concat_str("source_system", "source_entity", separator="\x1f")


def record_keys(records: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Every key of every record, in the columns of KEY; a phone that a record tells twice stands there twice.

    Args:
        records: In the columns of RECORD, and `no`.
        book: It knows which names sound alike, the signs for lost characters, and the lists on which different people stand.
    """
    told = records.with_columns(blank=usable_name(pl.col("name_key"), book.names).is_null())
    words, lost = _words(told, book.names), _lost(told.filter("blank"), book.names)
    is_housed = pl.col("dwelling_cluster").is_not_null()
    household = pl.concat_str(_SOURCE, "household_no")
    birth = pl.col("birth_date").cast(pl.String)
    parts = [
        *(_hashed(records, "n", pl.col(name), NUMBER) for name in _NUMBERS),
        *(_hashed(records.filter(_is_from(filing)), "c", _case(filing), LIST) for filing in book.vetoes.filings),
        _hashed(records.filter(~is_housed), "h", household, LIST),
        _hashed(records.filter(is_housed), "h", household, HOUSED),
        *_held(told, words, "d", pl.col("dwelling_cluster")),
        *_held(told, words, "p", pl.col("mobile")),
        *_held(told.explode("phones"), words.explode("phones"), "p", pl.col("phones")),
        _hashed(words, "b", pl.concat_str("word", birth), SHARED),
        *(_hashed(words, end, pl.concat_str(_sign(pl.col("word"), end), birth), SOUGHT) for end in _ENDS),
        *(_hashed(lost, end, pl.concat_str(_sign(pl.col("lost"), end), birth), SHARED) for end in _ENDS),
        *_left_whole(words, "id_evidence", SHARED),
        *_left_whole(words, "id_visible", SHARED),
        *_left_whole(words.filter(_may_be_damaged()), "id_number", SHARED),
        *_left_whole(words.filter(~_may_be_damaged()), "id_number", SOUGHT),
        _hashed(words.filter(~is_housed), "g", pl.concat_str("building_cluster", "word"), SHARED),
        _hashed(words.filter(is_housed), "g", pl.concat_str("building_cluster", "word"), SOUGHT),
    ]
    return pl.concat(parts)


def _may_be_damaged() -> pl.Expr:
    """Numbers that pass every check, and are doubted where no second record tells them (identity/evidence/unconfirmed.py)."""
    return ((pl.col("id_status") == "upgraded") | pl.col("id_number").str.ends_with("000")).fill_null(value=False)


def _left_whole(words: pl.DataFrame, name: str, kind: int) -> list[pl.DataFrame]:
    """A name beside what one slip, a mask or a spreadsheet leaves of a number; beside nothing of a short one."""
    number = pl.col(name)
    lead = pl.when(number.str.len_chars() > _WHOLE).then(number.str.head(_LEAD)).otherwise(number.str.head(0))
    tail = number.str.tail(_TAIL).str.head(_SEQUENCE)
    return [
        _hashed(words, prefix, pl.concat_str("word", pl.when(~part.str.contains("*", literal=True)).then(part)), kind)
        for prefix, part in (("l", lead), ("t", tail))
    ]


def _is_from(filing: Filing) -> pl.Expr:
    return pl.concat_str("source_system", pl.lit("."), "source_entity") == filing.source


def _case(filing: Filing) -> pl.Expr:
    return pl.concat_str(_SOURCE, pl.col("source_key").str.split(filing.ends).list.first())


def _held(told: pl.DataFrame, words: pl.DataFrame, prefix: str, value: pl.Expr) -> list[pl.DataFrame]:
    """A value by itself, and together with each name."""
    return [
        _hashed(told.filter(~pl.col("blank")), prefix, value, HELD),
        _hashed(told.filter("blank"), prefix, value, BLANK),
        _hashed(words, prefix, pl.concat_str("word", value), SHARED),
    ]


def _sign(name: pl.Expr, end: str) -> pl.Expr:
    """The first or the last sign of a name; null where it is lost."""
    sign = name.str.head(1) if end == "first" else name.str.tail(1)
    return pl.when(~sign.is_in(["?", RARE])).then(sign)


def _lost(told: pl.DataFrame, names: NameBook) -> pl.DataFrame:
    """The records of which the name has lost signs, with what is left of it (`lost`), each sign as in `word`."""
    table = _folded(names)
    left = lost_name(pl.col("name_key"), names).str.replace_many(list(table), list(table.values()))
    return told.with_columns(lost=left).drop_nulls("lost")


def _folded(names: NameBook) -> dict[str, str]:
    """Each sign with the one that stands for all that are like it."""
    variants = (form + usual for form, usual in sorted(names.variants.items()))
    return _one_sign((*names.alike, *names.near, *variants))


def _words(told: pl.DataFrame, names: NameBook) -> pl.DataFrame:
    """One row for each record and whole name, in the form that it shares with every name like it."""
    table = _folded(names)
    forms = [
        told.with_columns(word=usable_name(pl.col(name), names).str.replace_many(list(table), list(table.values())))
        for name in ("name_key", "former_name_key")
    ]
    return pl.concat(forms).drop_nulls("word")


@lru_cache(maxsize=4)
def _one_sign(groups: tuple[str, ...]) -> dict[str, str]:
    """Each character with one for all that are ever written for it, by sound with or without tone, by shape, or as a variant."""
    table: dict[str, str] = {}
    for group in groups:
        joined = {table.get(sign, sign) for sign in group}
        first = min(joined)
        table.update({sign: first for sign, other in table.items() if other in joined})
        table.update(dict.fromkeys(group, first))
    return table


def _hashed(records: pl.DataFrame, prefix: str, key: pl.Expr, kind: int) -> pl.DataFrame:
    """A key per record that tells one."""
    told = records.filter(key.is_not_null())
    return told.select(pl.col("no").cast(pl.UInt32), kind=pl.lit(kind, pl.UInt8), key=hashed_key(prefix, key))


def hashed_key(prefix: str, value: pl.Expr) -> pl.Expr:
    """The key of one value; the prefix keeps a phone from equalling a number."""
    return pl.concat_str(pl.lit(prefix), value).hash()


def hashed_name(name: pl.Expr) -> pl.Expr:
    """A name as it is written; null for null."""
    return pl.when(name.is_not_null()).then(name.hash())
