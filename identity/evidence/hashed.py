"""Values as 64-bit hashes: what is kept from one run to the next is compared by these, and holds no text.

Not here: which values (identity/solution/keys.py, identity/link/counted.py), the codes of one run (identity/evidence/coded.py).
"""

from zlib import crc32

import polars as pl

from identity.evidence.names import claimed_name, usable_name
from identity.rules.rule_book import NameBook

PHONE, DWELLING = "p", "d"


def hashed_key(prefix: str, value: pl.Expr) -> pl.Expr:
    """The key of one text, null for null; the prefix keeps a phone from equalling a number. Two together: one `^` the other."""
    return pl.when(value.is_not_null()).then(value.hash(crc32(prefix.encode())))


def hashed_name(name: pl.Expr) -> pl.Expr:
    """A name as it is written; null for null."""
    return pl.when(name.is_not_null()).then(name.hash())


def name_hashes(records: pl.DataFrame, book: NameBook) -> pl.Series:
    """The name of each record (columns of RECORD) in usual characters; a damaged one as it is written."""
    name = pl.col("name_key")
    told = records.select(name=pl.coalesce(usable_name(name, book), claimed_name(name, book)))
    return told.select(hashed_name(pl.col("name"))).to_series()


def borne_names(records: pl.DataFrame, book: NameBook) -> pl.Series:
    """Hashes of all names and former names of records, each once."""
    formers = records.select(former=usable_name(pl.col("former_name_key"), book)).drop_nulls()
    former = formers.select(name=hashed_name(pl.col("former"))).to_series()
    return pl.concat([name_hashes(records, book), former]).drop_nulls().unique()
