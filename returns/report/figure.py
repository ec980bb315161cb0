"""How an indicator's value is written: as the pages write it, to the digit (a test holds the two together)."""

NONE, WITHHELD, SAME = "—", "—（少于10）", "持平"
STEP = 0.05  # a change smaller than what is shown is none, here as on the pages


def measured(value: float | None, unit: str, *, is_withheld: bool = False) -> str:
    """Per cent (already times 100) with one decimal and its sign; whole numbers without decimals, others with one."""
    if is_withheld:
        return WITHHELD
    if value is None:
        return NONE
    return f"{value:,.1f}%" if unit == "%" else _number(value)


def change(value: float | None, before: float | None, unit: str) -> str:
    """Against the period before: percentage points for shares, the unit itself for the rest; empty: nothing to compare."""
    if value is None or before is None:
        return ""
    difference = value - before
    if abs(difference) < STEP:
        return SAME
    sign = "+" if difference > 0 else ""
    return f"{sign}{difference:,.1f} 个百分点" if unit == "%" else f"{sign}{_number(round(difference, 1))} {unit}"


def _number(value: float) -> str:
    return f"{value:,.{int(float(value) != int(value))}f}"
