"""When two names may be one: usable names, and likeness under one document number.

Not here: cleaning of names (ingestion), weights of names (identity/link).
"""

import re
from collections.abc import Mapping
from functools import partial

import polars as pl

from identity.evidence.coded import CODED, as_text
from identity.rules.rule_book import NameBook

_ENOUGH_FOR_ONE_SLIP = 3  # of two characters, one different is another person: 张伟 and his child 张明
_ENOUGH_FOR_ONE_LOST = 4
_ENOUGH_FOR_ONE_SHORT = 3  # of these the surname must have stayed
_ENOUGH_FOR_A_PART = 3  # characters of a minority name's first part, letters of a word
_SIMPLEST = 2
_PRIVATE = r"[\u{E000}-\u{F8FF}]"
_SPELT = r"[A-Za-z]+"  # 陈YAN: the sound of a character that could not be typed
_LATIN = r"^\p{Latin}+$"
LOST = "?"
RARE = "~"  # stands for one character that old systems cannot show


def with_name_forms(records: pl.DataFrame, book: NameBook) -> pl.DataFrame:
    """Records with their names read: `name_key` and `former_name_key` come coded, and each name is read once.

    `name_key` stays only where it names somebody; beside it come `is_unnamed`, `name_token`, `former_token`, `lost_name`, `sound`
    and `toneless`, all coded.
    """
    name = as_text("name_key")
    names = records.select(pl.col("name_key").drop_nulls().unique()).with_columns(
        is_unnamed=is_unnamed(name, book),
        claimed=claimed_name(name, book).cast(CODED),
        name_token=usable_name(name, book).cast(CODED),
    )
    names = names.with_columns(lost_name=lost_names(names["name_key"], book).cast(CODED))
    token = as_text("name_token")
    names = names.with_columns(sound=sound_form(token, book).cast(CODED), toneless=toneless_form(token, book).cast(CODED))
    formers = records.select(pl.col("former_name_key").drop_nulls().unique())
    formers = formers.with_columns(former_token=usable_name(as_text("former_name_key"), book).cast(CODED))
    read = records.join(names, "name_key", "left", maintain_order="left").join(
        formers, "former_name_key", "left", maintain_order="left"
    )
    return read.with_columns(pl.col("is_unnamed").fill_null(value=True), name_key="claimed").drop("claimed")


def claimed_name(name: pl.Expr, book: NameBook) -> pl.Expr:
    """The name; null where it names nobody: one character, a form of address (王阿姨), a remark in its place (待核实)."""
    titled = name.str.contains(f"({'|'.join(book.titles)})$") | name.is_in(list(book.nobody))
    return pl.when((name.str.len_chars() >= _SIMPLEST) & ~titled).then(name)


def is_unnamed(name: pl.Expr, book: NameBook) -> pl.Expr:
    """Whether no name was filled in: empty, or a remark in its place. A form of address (王阿姨) still tells something."""
    return name.is_null() | name.is_in(list(book.nobody))


def usable_name(name: pl.Expr, book: NameBook) -> pl.Expr:
    """The name in usual characters (陳 as 陈), a foreign one with either part in front; null for nobody's or a damaged one."""
    usual = in_signs(claimed_name(name, book), book.variants)
    usual = usual.map_batches(_turned, return_dtype=pl.String, is_elementwise=True)
    return pl.when(~_is_lost(name, book)).then(usual)


def _turned(names: pl.Series) -> pl.Series:
    """Foreign names, whose words stand together in match forms, from the sign on that puts them first in the alphabet."""
    latin = names.filter(names.str.contains(_LATIN)).unique().to_list()
    first = [min(name[place:] + name[:place] for place in range(len(name))) for name in latin]
    return names.replace(latin, first) if latin else names


def lost_names(names: pl.Series, book: NameBook) -> pl.Series:
    """Names of which characters were lost, in usual characters: `?` for each hidden one, `~` for one that must be rare.

    A description in brackets leaves the surname alone behind, a spelling stands for its character. Null for whole names. Few are
    lost: only these are read, step by step.
    """
    name, signs = pl.col("name"), pl.col("signs")
    told = names.cast(pl.String).alias("name").to_frame().with_row_index("row").filter(_is_lost(name, book))
    rare = name.str.replace_many(list(book.unshown), [RARE] * len(book.unshown)).str.replace_all(_PRIVATE, RARE)
    told = told.with_columns(signs=rare.str.replace_many(list(book.hidden), [LOST] * len(book.hidden)))
    told = told.with_columns(signs=in_signs(signs, book.variants))
    told = told.with_columns(signs=pl.when(_is_spelt(signs)).then(signs.str.replace_all(_SPELT, RARE)).otherwise(signs))
    told = told.with_columns(signs=pl.when(_is_alone(name)).then(signs + RARE).otherwise(signs))
    read = told.filter(signs.str.contains(r"[^?~]")).select("row", lost=claimed_name(signs, book))
    return pl.Series([None] * names.len(), dtype=pl.String).scatter(read["row"], read["lost"])


def sound_form(name: pl.Expr, book: NameBook) -> pl.Expr:
    """The name with every character put for the first of its group (usual form, same sound, same shape)."""
    return in_signs(name, book.same_sound)


def toneless_form(name: pl.Expr, book: NameBook) -> pl.Expr:
    """The name with every character put for the first of those that sound like it but for the tone; marked as such."""
    return pl.lit("~") + in_signs(name, book.near_sound)


def in_signs(name: pl.Expr, table: Mapping[str, str]) -> pl.Expr:
    """The name with every sign of the table put for another."""
    return name.map_batches(partial(_in_signs, table=table), return_dtype=pl.String, is_elementwise=True)


def _in_signs(names: pl.Series, table: Mapping[str, str]) -> pl.Series:
    """By the signs that occur: a table holds thousands, and to take them in costs more than to read a street's names."""
    occurring = table.keys() & set("".join(names.drop_nulls().to_list()))
    changed = {sign: table[sign] for sign in sorted(occurring) if table[sign] != sign}
    return names.str.replace_many(list(changed), list(changed.values())) if changed else names


def _is_lost(name: pl.Expr, book: NameBook) -> pl.Expr:
    return name.str.contains_any([*book.unshown, *book.hidden]) | name.str.contains(_PRIVATE) | _is_spelt(name) | _is_alone(name)


def _is_spelt(name: pl.Expr) -> pl.Expr:
    """Whether Latin letters stand among Chinese characters."""
    return name.str.contains(r"\p{Han}") & name.str.contains(_SPELT)


def _is_alone(name: pl.Expr) -> pl.Expr:
    return name.str.contains(r"^\p{Han}$")


def is_like(left: str, right: str, book: NameBook) -> bool:
    """Whether two names under one document number can be one person's, wrongly written.

    Equal, same in sound or variant, a lost character (〓), one of three or more characters different, two swapped,
    or one of four or more lost.
    """
    left, right = _unmarked(left, book), _unmarked(right, book)
    return _is_slip(left, right) or is_same_sound(left, right, book)


def _is_slip(left: str, right: str) -> bool:
    if len(left) == len(right):
        wrong = sum(a != b and "?" not in (a, b) for a, b in zip(left, right, strict=True))
        long_enough = len(left) >= _ENOUGH_FOR_ONE_SLIP
        return wrong == 0 or (long_enough and (wrong == 1 or sorted(left) == sorted(right)))
    short, long = sorted((left, right), key=len)
    is_part = len(long) >= _ENOUGH_FOR_ONE_LOST and len(long) - len(short) == 1
    return is_part and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def is_shortened(left: str, right: str) -> bool:
    """Whether one name under one document number is the other with a part left out, or its words in another order.

    A given name of which one character was lost, the first part of a minority name (its separators are gone from match forms), a
    foreign name without its middle name, or with the surname behind. Weaker than likeness: a child's name may be so near as well.
    """
    short, long = sorted((left, right), key=len)
    if long.isascii():
        return _is_of_words(short, long)
    is_lost = (
        len(long) == _ENOUGH_FOR_ONE_SHORT and len(short) == len(long) - 1 and short in (long[0] + long[1:2], long[0] + long[2:])
    )
    return is_lost or (len(short) >= _ENOUGH_FOR_A_PART and long.startswith(short))


def _is_of_words(short: str, long: str) -> bool:
    """Whether the short name is one or two pieces of the long one, in either order."""
    cuts = [
        place for place in range(len(short) + 1) if place == 0 or _ENOUGH_FOR_A_PART <= place <= len(short) - _ENOUGH_FOR_A_PART
    ]
    pieces = [(short[:place], short[place:]) for place in cuts]
    return any(
        first in long and second in long.replace(first, " ", 1) for first, second in pieces if len(second) >= _ENOUGH_FOR_A_PART
    )


def is_same_sound(left: str, right: str, book: NameBook) -> bool:
    """Whether two names differ only in characters of the same sound, tone or not, or in variant forms (characters.yaml)."""
    return any(_fold(left, table) == _fold(right, table) for table in (book.same_sound, book.near_sound))


def _unmarked(name: str, book: NameBook) -> str:
    """Every sign for a lost character becomes `?`, as does a spelling among Chinese characters."""
    signs = "".join("?" if sign in book.unshown or sign in book.hidden or "\ue000" <= sign <= "\uf8ff" else sign for sign in name)
    return re.sub(_SPELT, "?", signs) if any(sign > "\u2e80" for sign in signs) else signs


def _fold(name: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(sign, sign) for sign in name)
