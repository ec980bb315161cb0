"""What stands inside a document number, and how far two of them are apart.

Not here: validity of numbers (ingestion has decided that), who owns one (identity/evidence/ownership.py).
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.rules.rule_book import BirthSlip, SaidBirth, Slot

LENGTH = 18
BIRTH = slice(6, 14)  # YYYYMMDD, also in the new foreigner's card
SEX = 16  # odd: male
TAIL = 14  # behind the birth date


def slot_of(kind: pl.Expr, number: pl.Expr, slots: Sequence[Slot]) -> pl.Expr:
    """The slot that the number fills, of which a person has only one; null: numbers of this kind may change."""
    cases = [
        pl.when((kind == slot.kind) & (number.str.len_chars() == slot.length if slot.length else number.is_not_null())).then(
            pl.lit(slot.slot)
        )
        for slot in slots
    ]
    return pl.coalesce(*cases)


def embedded_birth(number: pl.Expr) -> pl.Expr:
    """The birth date in an 18-character number; null for none on the calendar."""
    return number.str.slice(BIRTH.start, 8).str.to_date("%Y%m%d", strict=False)


def embedded_sex(number: pl.Expr) -> pl.Expr:
    """`1` or `2` by the seventeenth digit."""
    odd = number.str.slice(SEX, 1).cast(pl.Int8, strict=False) % 2
    return pl.when(odd == 1).then(pl.lit("1")).when(odd == 0).then(pl.lit("2"))


def is_near(left: date, right: date, slip: BirthSlip) -> bool:
    """Whether two birth dates are one, or one wrongly written."""
    if abs((left - right).days) <= slip.days:
        return True
    wrong = sum(a != b for a, b in zip(f"{left:%Y%m%d}", f"{right:%Y%m%d}", strict=True))
    swapped = slip.day_month_swapped and (left.year, left.month, left.day) == (right.year, right.day, right.month)
    return wrong <= slip.wrong_digits or swapped


def is_loosely_told(left: date, right: date, said: SaidBirth) -> bool:
    """Whether one birth date is the other by the lunar calendar, or its year with the first of January for want of a day."""
    is_year = said.first_of_year and left.year == right.year and (1, 1) in ((left.month, left.day), (right.month, right.day))
    return is_year or abs((left - right).days) <= said.days


def fits_mask(visible: str, number: str) -> bool:
    """Whether every visible digit of a masked number (or of two) stands at its place; other lengths tell nothing."""
    if len(visible) == len(number):
        for a, b in zip(visible, number, strict=True):
            if a not in (b, "*") and b != "*":
                return False
    return True


def contradicts_mask(visible: str, number: str) -> bool:
    """Whether a masked number cannot be this one (or another mask of it), by more than one slip of the pen.

    Two right numbers differ in two places at least, the check character being one of them: where both show it, one visible digit
    that differs, or two swapped neighbours, are a slip.
    """
    if len(visible) != len(number) or fits_mask(visible, number):
        return False
    if "*" in (visible[-1], number[-1]):
        return True
    hidden = [place for place, signs in enumerate(zip(visible, number, strict=True)) if "*" in signs]
    bare = "".join("*" if place in hidden else sign for place, sign in enumerate(number))
    seen = "".join("*" if place in hidden else sign for place, sign in enumerate(visible))
    return wrong_digits(seen, bare) > 1


def wrong_digits(left: str, right: str) -> int:
    """Places at which two numbers differ, where two swapped neighbours count as one."""
    if len(left) != len(right):
        return 0 if _one_lost(left, right) else LENGTH
    differing = [place for place, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    first = min(differing, default=0)
    is_swap = differing == [first, first + 1] and left[first : first + 2] == right[first : first + 2][::-1]
    return 1 if is_swap else len(differing)


def is_nearly(damaged: str, number: str) -> bool:
    """Whether a damaged number is this one but for one slip, or shows its birth date and last character and hides the rest."""
    if "*" not in damaged:
        return wrong_digits(damaged, number) == 1
    shows = damaged[-1] != "*" and len(damaged) == len(number) == LENGTH
    return shows and fits_mask(damaged, number)


def _one_lost(left: str, right: str) -> bool:
    """Whether one character was left out or typed twice."""
    short, long = sorted((left, right), key=len)
    return len(long) - len(short) == 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def fit_masks(visible: pl.Series, numbers: pl.Series) -> pl.Series:
    """`fits_mask` of many pairs."""
    left, right = _signs(visible, numbers)
    hidden = (left == ord("*")) | (right == ord("*"))
    is_same_length = (visible.str.len_chars() == numbers.str.len_chars()).to_numpy()
    return pl.Series(~is_same_length | ((left == right) | hidden).all(axis=1), dtype=pl.Boolean)


def count_wrong_digits(left: pl.Series, right: pl.Series) -> pl.Series:
    """`wrong_digits` of many pairs."""
    ours, theirs = _signs(left, right)
    differs = ours != theirs
    count = differs.sum(axis=1)
    # Two neighbours that stand in each other's place.
    swapped = differs[:, :-1] & (ours[:, :-1] == theirs[:, 1:]) & (ours[:, 1:] == theirs[:, :-1])
    count[(count == 2) & swapped.any(axis=1)] = 1  # noqa: PLR2004 - the two of a pair
    for place in (left.str.len_chars() != right.str.len_chars()).arg_true():
        count[place] = wrong_digits(left[place], right[place])
    return pl.Series(count, dtype=pl.Int64)


def _signs(*texts: pl.Series) -> list[npt.NDArray[np.uint32]]:
    """One row a text, one column a sign; 0 behind the end. All are equally wide."""
    width = max(1, *(int(text.str.len_chars().max() or 0) for text in texts))  # type: ignore[arg-type]
    return [np.array(text.to_list(), dtype=f"U{width}").view(np.uint32).reshape(text.len(), width) for text in texts]
