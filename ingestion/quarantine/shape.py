"""What a refused row looks like without saying what it says: signs stay, values are replaced by their kind of character.

Not here: which rows were refused (landing/ledger.py).
"""

import re
from collections.abc import Collection

_WORD = re.compile(r"[A-Za-z_]+")
_HAN = re.compile(r"[^\x00-\x7f、，。：；（）【】“”]")
_DIGIT = re.compile(r"\d")
LONGEST = 160  # signs that are shown


def masked_shape(original: bytes, fields: Collection[str], encoding: str = "utf-8") -> str:
    """A row's bytes as text in which digits are 9, letters x, all other characters 某; names of the contract's fields stay.

    Bytes that are no text in the encoding show as �, which is often what was wrong with the row.
    """
    text = original.decode(encoding, errors="replace")
    known = set(fields)
    plain = _WORD.sub(lambda found: found[0] if found[0] in known else "x" * len(found[0]), text)
    shown = "".join("�" if sign == "�" else _HAN.sub("某", _DIGIT.sub("9", sign)) for sign in plain)
    printable = "".join(sign if sign.isprintable() else " " for sign in shown)
    return printable if len(printable) <= LONGEST else printable[: LONGEST - 1] + "…"
