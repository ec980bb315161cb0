"""The private signs that stand for protected characters while an address is parsed. Not here: the parsing.

An estate called 示例四村 holds a numeral that is part of its name. While numbers are looked for, such digits, and the 路 of
铁路 or the 街 of 街坊, are kept as private-use characters; they are turned back before anything leaves the package.
"""

import polars as pl

_DIGITS = {str(digit): chr(0xE000 + digit) for digit in range(10)}
_WORDS = {"铁路": "铁\ue010", "路口": "\ue010口", "街坊": "\ue011坊", "街区": "\ue011区", "街口": "\ue011口", "巷口": "\ue012口"}
_BACK = {sign: digit for digit, sign in _DIGITS.items()} | {"\ue010": "路", "\ue011": "街", "\ue012": "巷", "\ue021": "地下"}
LETTER_BLOCK = "\ue020"
"""Stands for 号楼, which is a block, but in a lane an entrance."""
BASEMENT = "\ue021"
"""Stands for what says that a floor is below the ground (地下, 负, B)."""
NAME = r"[\p{Han}·\x{E000}-\x{E01F}]"
"""Regular expression of one character of a road's or an estate's name."""


def protected_digits(number: str) -> str:
    """Writes a number in private signs."""
    return "".join(_DIGITS[digit] for digit in number)


def protect_words(text: pl.Expr) -> pl.Expr:
    """Hides road words that are no roads."""
    return text.str.replace_many(list(_WORDS), list(_WORDS.values()), leftmost=True)


def restore(text: pl.Expr) -> pl.Expr:
    """Turns private signs back into what they stand for."""
    return text.str.replace_many(list(_BACK), list(_BACK.values()))
