"""Chinese numerals in both manners: digit by digit (一一九七) and positional (一千二百)."""

DIGITS = "〇一二三四五六七八九"
UNITS = ["", "十", "百", "千"]
LARGEST = 9999


def by_digit(number: str, zero: str = "〇") -> str:
    """`1197` as 一一九七; `zero` is 〇 or 零."""
    return "".join(zero if sign == "0" else DIGITS[int(sign)] for sign in number)


def positional(number: str) -> str | None:
    """`1200` as 一千二百, `18` as 十八, `107` as 一百零七; None above 9999."""
    value = int(number)
    if not 0 < value <= LARGEST:
        return None
    written, is_gap = "", False
    for place, sign in enumerate(reversed(str(value))):
        if sign == "0":
            is_gap = bool(written)
            continue
        written = DIGITS[int(sign)] + UNITS[place] + ("零" if is_gap else "") + written
        is_gap = False
    return written[1:] if written.startswith("一十") else written
