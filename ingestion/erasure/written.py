"""In which forms a name, a number or a telephone may stand in a delivered file: as cleaning reads them (ingestion/cleaning).

Not here: whose values they are (person.py), taking them out (batch.py, originals.py).
"""

import re

_HAN = r"[\u3400-\u9fff]"
_DOCUMENT = re.compile(r"\d{14,17}[\dX]")  # 15 or 18 characters; the shortest of them is longer than any telephone
_MOBILE, _LANDLINE = r"1[3-9]\d{9}", r"0(?:10|2\d)\d{8}"
_BLANK = r"[ \u3000]?"  # between two characters of a name
_CUT = r"[ \u3000\-()（）]{0,2}"  # between two digits
_FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"}
# A telephone stands by itself, behind the country's code, or run together with another telephone: never inside a longer number.
_BEFORE = "|".join([r"(?<!\d)", *(rf"(?<=(?<!\d){code})" for code in ("86", "86[ -]", "0086", "0086[ -]", _MOBILE, _LANDLINE))])
_BEHIND = rf"(?!\d)|(?={_MOBILE}(?!\d))|(?=0\d{{9,11}}(?!\d))"


def written(value: str) -> str:
    """The regular expression of everything that cleaning reads as this value.

    A name is no part of a longer name, a telephone no part of a longer number; a document number also begins a certificate's.
    """
    if _DOCUMENT.fullmatch(value):
        return rf"(?<!\d){_digits(value)}"
    if value.isdigit():
        return rf"(?:{_BEFORE}){_without_zero(value)}(?:{_BEHIND})"
    if re.search(_HAN, value):
        return rf"(?<!{_HAN}){_BLANK.join(map(re.escape, value))}(?!{_HAN})"
    return re.escape(value)


def full_width(value: str) -> str:
    """The same digits as an input method for Chinese writes them."""
    return value.translate(_FULL_WIDTH)


def _digits(value: str) -> str:
    return _CUT.join(f"[{sign}{sign.lower() if sign == 'X' else ''}{full_width(sign)}]" for sign in value)


def _without_zero(value: str) -> str:
    """A landline of a two-digit area is written without the zero too."""
    return rf"(?:[0０]{_CUT})?{_digits(value[1:])}" if re.fullmatch(_LANDLINE, value) else _digits(value)
