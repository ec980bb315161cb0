"""Numerals of addresses in one form: Arabic before a unit, protected inside an estate's name, Chinese inside a road's."""

import polars as pl

from ingestion.cleaning.address.signs import protected_digits
from ingestion.cleaning.reference import words
from ingestion.cleaning.text.numerals import HAN_NUMERAL, arabic, chinese

_TAIL = r"[号幢栋座元楼层]([〇零一二三四五六七八九]{3,4})$"
_ROAD_DIGITS = 2  # 3巷 and 12路 are names; 101路 is a bus line or a slip


def with_plain_numerals(text: pl.Series) -> pl.Series:
    """Brings the numerals of each address to one form, reading each different one once.

    四号 → 4号; 四村, 4村 → (protected 4)村; 北3路 → 北三路. A numeral before anything else stays as it is: 四平路.
    """
    units, series, roads = ("|".join(words("addresses", name)) for name in ("numbered_units", "name_units", "road_units"))
    run = rf"(?:{HAN_NUMERAL}+|\d+)(?:{series})|{HAN_NUMERAL}+(?:{units}|门\d)|\d{{1,{_ROAD_DIGITS}}}(?:{roads})"
    found = text.drop_nulls().str.extract_all(run).explode().drop_nulls().unique().to_list()
    forms = {old: _plain(old, set(words("addresses", "name_units")), set(words("addresses", "road_units"))) for old in found}
    changed = {old: new for old, new in forms.items() if old != new}
    plain = text.str.replace_many(list(changed), list(changed.values()), leftmost=True) if changed else text
    return _plain_tail(plain)


def _plain_tail(text: pl.Series) -> pl.Series:
    """Writes a last room of numerals without a word behind it (12号三〇二) in digits."""
    tail = text.str.extract(_TAIL)
    if tail.null_count() == tail.len():
        return text
    digits = tail.str.replace_many(list("〇零一二三四五六七八九"), list("00123456789"))
    frame = pl.DataFrame({"text": text, "tail": tail, "digits": digits})
    spelt = pl.concat_str(pl.col("text").str.strip_suffix(pl.col("tail")), "digits")
    return frame.select(pl.when(pl.col("tail").is_not_null()).then(spelt).otherwise("text").alias(text.name)).to_series()


def _plain(run: str, series: set[str], roads: set[str]) -> str:
    """Gives the plain form of a numeral with its unit; the run itself where the numeral makes no number."""
    numeral = _numeral_of(run)
    unit = run[len(numeral) :]
    number = numeral.lstrip("0") if numeral.isascii() else arabic(numeral)
    if not number:
        return run
    if unit in series:
        return protected_digits(number) + unit
    if unit in roads:
        return chinese(int(number)) + unit
    return number + unit


def _numeral_of(run: str) -> str:
    """Cuts the numeral from the front of a run."""
    signs = "0123456789" if run[0].isascii() else "〇零○一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
    end = next((place for place, sign in enumerate(run) if sign not in signs), len(run))
    return run[:end]
