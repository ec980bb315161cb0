"""What two records must share before either can bear on the other: keys, as 64-bit hashes.

A pair of records is linked only where it shares one of these, and no record is judged by another that shares none. Two different
keys of one hash only make more records be looked at again. Not here: which records are (identity/solution/reach.py).
"""

from functools import cache

import polars as pl

from identity.evidence.hashed import DWELLING, PHONE, hashed_key
from identity.evidence.names import LOST, RARE, in_signs, lost_names, usable_name
from identity.evidence.unconfirmed import in_digits
from identity.frames import Columns
from identity.plan import done
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
NAMED = 7  # a name, for a record that tells no dwelling and lives where its household does; NOBODY for one without a whole name
NOBODY = 0
_NUMBERS = ("id_number", "id_evidence", "id_visible")
_WHOLE = 16  # signs; of a longer number, one slip leaves the first eleven signs whole, or the three before the last
_LEAD, _TAIL, _SEQUENCE = 11, 4, 3
_ENDS = ("first", "last")
_PARTS = ("l", "t")  # of a number: its first signs, and those before its last one
_SOURCE = pl.concat_str("source_system", "source_entity", separator="\x1f")


def record_keys(records: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Every key of every record, in the columns of KEY; a phone that a record tells twice stands there twice.

    Args:
        records: In the columns of RECORD, and `no`.
        book: It knows which names sound alike, the signs for lost characters, and the lists on which different people stand.
    """
    names = _words(pl.concat([records["name_key"], records["former_name_key"]]), book.names)
    hashed = records.select("no", "name_key", "former_name_key", **_hashed())
    told = hashed.join(names, "name_key", "left")
    formers = hashed.drop_nulls("former_name_key").join(names, left_on="former_name_key", right_on="name_key")
    phones = records.select("no", "phones").explode("phones").select("no", phone=hashed_key(PHONE, pl.col("phones"))).drop_nulls()
    whole = [named.drop_nulls("word").lazy() for named in (told, formers)]
    return done(pl.concat(_all_keys(records.lazy(), told.lazy(), whole, phones.lazy(), book)))


def _all_keys(
    records: pl.LazyFrame, told: pl.LazyFrame, whole: list[pl.LazyFrame], phones: pl.LazyFrame, book: RuleBook
) -> list[pl.LazyFrame]:
    """Keys of each kind.

    Args:
        records: In the columns of RECORD, and `no`.
        told: The same, with hashes.
        whole: Those with a whole name, then those with a whole former name, under that.
        phones: `no`, `phone`, one by one.
        book: As above.
    """
    held = pl.when(pl.col("word").is_null()).then(BLANK).otherwise(HELD)
    household = pl.when(pl.col("dwelling").is_not_null()).then(HOUSED).otherwise(LIST)
    return [
        *(_keys(told, NUMBER, pl.col(name)) for name in _NUMBERS),
        *(_keys(records.filter(_is_from(filing)), LIST, hashed_key("c", _case(filing))) for filing in book.vetoes.filings),
        _keys(told, household, pl.col("household")),
        _keys(told, held, pl.col("dwelling")),
        _keys(told, held, pl.col("mobile")),
        _keys(phones.join(told.select("no", "word"), "no"), held, pl.col("phone")),
        *(_keys(told, SHARED, pl.col(f"lost_{end}") ^ pl.col("birth")) for end in _ENDS),
        *(_keys(named.filter(_lives_with_others()), NAMED, pl.col("word").fill_null(NOBODY)) for named in (told, whole[1])),
        *(part for named in whole for part in _beside_names(named, phones)),
    ]


def _lives_with_others() -> pl.Expr:
    return pl.col("dwelling").is_null() & pl.col("household").is_not_null()


@cache
def _hashed() -> dict[str, pl.Expr]:
    """What keys are made of, each hashed once."""
    columns = {name: hashed_key("n", _number(name)) for name in _NUMBERS}
    columns |= {f"{prefix}_{name}": hashed_key(prefix, part) for name in _NUMBERS for prefix, part in _left_whole(name).items()}
    return columns | {
        "is_damaged": may_be_damaged(),
        "household": hashed_key("h", pl.concat_str(_SOURCE, "household_no")),
        "dwelling": hashed_key(DWELLING, pl.col("dwelling_cluster")),
        "building": hashed_key("g", pl.col("building_cluster")),
        "mobile": hashed_key(PHONE, pl.col("mobile")),
        "birth": hashed_key("b", pl.col("birth_date").cast(pl.String)),
    }


def _beside_names(whole: pl.LazyFrame, phones: pl.LazyFrame) -> list[pl.LazyFrame]:
    """The keys that hold a whole name (`word`), or its `first` or `last` sign, together with something else."""
    word = pl.col("word")
    damaged = pl.when("is_damaged").then(SHARED).otherwise(SOUGHT)
    looks_home = pl.when(pl.col("dwelling").is_null()).then(SHARED).otherwise(SOUGHT)
    kinds: dict[str, pl.Expr | int] = {"id_evidence": SHARED, "id_visible": SHARED, "id_number": damaged}
    return [
        *(_keys(whole, SHARED, word ^ pl.col(name)) for name in ("dwelling", "mobile", "birth")),
        _keys(phones.join(whole.select("no", "word"), "no"), SHARED, word ^ pl.col("phone")),
        *(_keys(whole, SOUGHT, pl.col(end) ^ pl.col("birth")) for end in _ENDS),
        *(_keys(whole, kind, word ^ pl.col(f"{prefix}_{name}")) for name, kind in kinds.items() for prefix in _PARTS),
        _keys(whole, looks_home, word ^ pl.col("building")),
    ]


def may_be_damaged() -> pl.Expr:
    """Numbers that pass every check, and are doubted where no second record tells them (identity/evidence/unconfirmed.py)."""
    return ((pl.col("id_status") == "upgraded") | pl.col("id_number").str.ends_with("000")).fill_null(value=False)


def _number(name: str) -> pl.Expr:
    """The number as it is compared."""
    return in_digits(pl.col(name)) if name == "id_evidence" else pl.col(name)


def _left_whole(name: str) -> dict[str, pl.Expr]:
    """What one slip, a mask or a spreadsheet leaves of a number, at its beginning (of a short one nothing) and at its end."""
    number = _number(name)
    lead = pl.when(number.str.len_chars() > _WHOLE).then(number.str.head(_LEAD)).otherwise(pl.lit(""))
    parts = {"l": pl.when(number.is_not_null()).then(lead), "t": number.str.tail(_TAIL).str.head(_SEQUENCE)}
    return {prefix: pl.when(~part.str.contains("*", literal=True)).then(part) for prefix, part in parts.items()}


def _is_from(filing: Filing) -> pl.Expr:
    return pl.concat_str("source_system", pl.lit("."), "source_entity") == filing.source


def _case(filing: Filing) -> pl.Expr:
    return pl.concat_str(_SOURCE, pl.col("source_key").str.split(filing.ends).list.first())


def _sign(name: pl.Expr, end: str) -> pl.Expr:
    """The first or the last sign of a name; null where it is lost."""
    sign = name.str.head(1) if end == "first" else name.str.tail(1)
    return pl.when(~sign.is_in([LOST, RARE])).then(sign)


def _words(told: pl.Series, names: NameBook) -> pl.DataFrame:
    """One row for each name that is told (`name_key`), hashed in the form that it shares with every name like it.

    `word`: a whole name; `first`, `last`: its signs at the ends; `lost_first`, `lost_last`: those of a name that lost others.
    """
    each = told.drop_nulls().unique().alias("name_key").to_frame()
    read = each.with_columns(whole=usable_name(pl.col("name_key"), names), lost=lost_names(each["name_key"], names))
    read = read.with_columns(*(in_signs(pl.col(form), names.ever_alike) for form in ("whole", "lost")))
    ends = {f"{prefix}{end}": _sign(pl.col(form), end) for form, prefix in (("whole", ""), ("lost", "lost_")) for end in _ENDS}
    read = read.with_columns(**ends)
    hashed = {name: hashed_key(name.removeprefix("lost_"), pl.col(name)) for name in ends}
    return read.select("name_key", word=hashed_key("w", pl.col("whole")), **hashed)


def _keys(told: pl.LazyFrame, kind: pl.Expr | int, key: pl.Expr) -> pl.LazyFrame:
    """A key per record that tells one."""
    of_kind = (pl.lit(kind) if isinstance(kind, int) else kind).cast(pl.UInt8)
    return told.select(pl.col("no").cast(pl.UInt32), kind=of_kind, key=key).drop_nulls("key")
