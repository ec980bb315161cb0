"""What two records must share before either can bear on the other: keys, as 64-bit hashes.

A pair of records is linked only where it shares one of these, and no record is judged by another that shares none. Two different
keys of one hash only make more records be looked at again. Not here: which records are (identity/solution/reach.py).
"""

from collections.abc import Iterable

import polars as pl

from identity.evidence.names import toneless_form
from identity.frames import Columns
from identity.rules.rule_book import NameBook

KEY: Columns = {"no": pl.UInt32, "kind": pl.UInt8, "key": pl.UInt64}
NUMBER = 0  # a document number, whatever its state
LIST = 1  # a household number, or a case on which different people stand
SHARED = 2  # a dwelling, a phone, a name with a birth date; a name beside an uncertain number; a birth date beside a lost name
SOUGHT = 3  # the same two for records with a number, or a whole name: found by the uncertain ones, not by one another
_NUMBERS = ("id_number", "id_evidence", "id_visible")
_UNCERTAIN = ("id_evidence", "id_visible")


def record_keys(records: pl.DataFrame, names: NameBook) -> pl.DataFrame:
    """Every key of every record, in the columns of KEY.

    Args:
        records: In the columns of RECORD, and `no`.
        names: Which names sound alike, and the signs for lost characters.
    """
    sounds = _sounds(records, names)
    is_uncertain = pl.any_horizontal(pl.col(name).is_not_null() for name in _UNCERTAIN)
    is_lost = pl.col("sound").str.contains_any(list(names.wildcards))
    born = pl.col("birth_date").cast(pl.String)
    parts = [
        *(_hashed(records, "n", pl.col(name), NUMBER) for name in _NUMBERS),
        _hashed(records, "h", pl.concat_str(_source(), "household_no"), LIST),
        _hashed(records, "c", pl.concat_str(_source(), pl.col("source_key").str.split("#").list.first()), LIST),
        _hashed(records, "d", pl.col("dwelling_cluster"), SHARED),
        _hashed(records, "p", pl.col("mobile"), SHARED),
        _hashed(records.select("no", "phones").explode("phones"), "p", pl.col("phones"), SHARED),
        _hashed(sounds, "b", pl.concat_str("sound", born), SHARED),
        _hashed(sounds.filter(is_uncertain), "w", pl.col("sound"), SHARED),
        _hashed(sounds.filter(~is_uncertain & pl.col("id_number").is_not_null()), "w", pl.col("sound"), SOUGHT),
        _hashed(sounds.filter(is_lost), "l", born, SHARED),
        _hashed(sounds.filter(~is_lost), "l", born, SOUGHT),
    ]
    return pl.concat(parts).unique().sort(*KEY)


def sharing(keys: pl.DataFrame, wanted: pl.DataFrame, kinds: Iterable[int] = (NUMBER, LIST, SHARED, SOUGHT)) -> pl.Series:
    """`no` of every record with a key of `wanted`, looking at keys of these kinds alone; those that are only sought find none."""
    usable = wanted.filter(pl.col("kind").is_in(list(kinds)))
    sought = usable.filter(pl.col("kind") == SOUGHT)["key"].unique().implode()
    seeking = usable.filter(pl.col("kind") != SOUGHT)["key"].unique().implode()
    is_found = pl.col("key").is_in(seeking) | (pl.col("key").is_in(sought) & (pl.col("kind") != SOUGHT))
    return keys.filter(pl.col("kind").is_in(list(kinds)) & is_found)["no"].unique()


def _source() -> pl.Expr:
    return pl.concat_str("source_system", "source_entity", separator="\x1f")


def _sounds(records: pl.DataFrame, names: NameBook) -> pl.DataFrame:
    """One row for each name, former name and record."""
    told = [
        records.select("no", "birth_date", *_NUMBERS, sound=toneless_form(pl.col(name), names))
        for name in ("name_key", "former_name_key")
    ]
    return pl.concat(told).drop_nulls("sound")


def _hashed(records: pl.DataFrame, prefix: str, key: pl.Expr, kind: int) -> pl.DataFrame:
    """A key per record that tells one; the prefix keeps a phone from equalling a number."""
    told = records.select("no", key=pl.concat_str(pl.lit(prefix), key)).drop_nulls()
    return told.select(pl.col("no").cast(pl.UInt32), kind=pl.lit(kind, pl.UInt8), key=pl.col("key").hash())
