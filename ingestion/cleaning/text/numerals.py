"""Chinese numerals in both manners: digit by digit (一一九七) and positional (一千二百). Not here: where they are converted."""

_DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_JOINED = {"廿": "二十", "卅": "三十"}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")

HAN_NUMERAL = "[〇零○一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟]"
"""Regular expression of one character of a Chinese numeral, for use inside larger expressions."""


def arabic(numeral: str) -> str | None:
    """Reads a Chinese numeral.

    Returns:
        Arabic digits without leading zeros; None where the characters make no number (``十百``, ``百`` alone).
        A last digit after 百 or 千 without 零 counts the next lower step, as people say it: 一千二 is 1200.
    """
    numeral = numeral.translate(_FORMAL)
    for joined, apart in _JOINED.items():
        numeral = numeral.replace(joined, apart)
    if not any(step in numeral for step in _STEPS):
        return "".join(str(_DIGITS[sign]) for sign in numeral).lstrip("0") or "0"
    return _positional(numeral)


def _positional(numeral: str) -> str | None:
    """Reads a numeral with steps (十, 百, 千); steps must fall."""
    total, digit, last_step, has_zero = 0, None, 10_000, False
    for sign in numeral:
        if sign in _STEPS:
            step = _STEPS[sign]
            if step >= last_step or (digit is None and step != _STEPS["十"]):
                return None
            total, digit, last_step, has_zero = total + (1 if digit is None else digit) * step, None, step, False
        elif _DIGITS[sign] == 0:
            has_zero = True
        elif digit is not None:
            return None
        else:
            digit = _DIGITS[sign]
    if digit is not None:
        total += digit * (1 if has_zero else last_step // 10)
    return str(total)


def chinese(number: int) -> str:
    """Writes a number from 1 to 99 in positional Chinese numerals."""
    signs = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else signs[tens] + "十") + ("" if ones == 0 else signs[ones])
