"""Numbers that pass every check and may still be wrong, and damaged ones that still tell something.

A 15-digit number has no check digit: a slip in it makes another valid number when it is upgraded. A spreadsheet turns the last
three digits into 000, and one such number in eleven passes the check. If no second record tells such a number, it is only a
trace of one: it may link, and in a veto only what can be trusted of it counts.
"""

import polars as pl

from identity.evidence.coded import CODED, as_text

_LOST_DIGITS = "000"
_ROUNDED = r"^\d{15}000$"
_LETTERED = r"^[0-9OoIl]{14,18}[0-9OoIlXx]$"
_LOOKALIKE = {"O": "0", "o": "0", "I": "1", "l": "1"}
KEPT = 15  # digits that a spreadsheet keeps
ROUNDED = r"^\d{15}\*{3}$"  # what is left of such a number, in the form of a masked one


def demote_unconfirmed(records: pl.DataFrame) -> pl.DataFrame:
    """Take doubtful numbers that only one record tells for traces; `token_number` keeps every owned number.

    An upgraded number becomes `id_evidence`; a rounded one `id_visible` (its first 15 digits).
    """
    is_upgraded = (pl.col("id_status") == "upgraded").fill_null(value=False)
    is_rounded = as_text("id_number").str.contains(_ROUNDED)
    alone = records.filter(pl.col("number").is_not_null() & (is_upgraded | pl.col("id_number").cat.ends_with(_LOST_DIGITS)))
    told = records.select("number").join(alone, "number", "semi")["number"].value_counts()
    alone = alone.join(told.filter(pl.col("count") == 1), "number", "semi")
    rounded = alone.filter(~is_upgraded & is_rounded).select("rid", _head=first_digits(as_text("id_number")).cast(CODED))
    upgraded = pl.col("rid").is_in(alone.filter(is_upgraded)["rid"].implode())
    doubtful = upgraded | pl.col("_head").is_not_null()
    return (
        records.join(rounded, "rid", "left", maintain_order="left")
        .with_columns(
            token_number=pl.when(pl.col("number").is_not_null()).then(pl.col("id_number")),
            token_slot=pl.col("slot"),
            id_evidence=pl.when(upgraded).then(pl.col("id_number")).otherwise(pl.col("id_evidence")),
            id_visible=pl.coalesce("_head", "id_visible"),
            # The seventeenth digit, which tells the sex, is one of those that were rounded away.
            sex=pl.when(pl.col("_head").is_not_null()).then(pl.col("own_sex")).otherwise(pl.col("sex")),
            number=pl.when(~doubtful).then(pl.col("number")),
            slot=pl.when(~doubtful).then(pl.col("slot")),
        )
        .drop("_head")
    )


def read_damaged(visible: pl.Expr, evidence: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """`id_visible` and `id_evidence`, with rounded numbers as masked ones and without what is no number at all (3.1E+17)."""
    evidence = in_digits(evidence)
    is_rounded = evidence.str.contains(_ROUNDED).fill_null(value=False)
    is_number = evidence.str.contains(r"^[0-9Xx]{15,19}$")
    return pl.when(is_rounded).then(first_digits(evidence)).otherwise(visible), pl.when(is_number & ~is_rounded).then(evidence)


def in_digits(number: pl.Expr) -> pl.Expr:
    """The number with digits for the letters of their shape (O, l), where that leaves no other."""
    digits = number.str.replace_many(list(_LOOKALIKE), list(_LOOKALIKE.values()))
    return pl.when(number.str.contains(_LETTERED)).then(digits).otherwise(number)


def first_digits(number: pl.Expr) -> pl.Expr:
    """What is left of a rounded number, in the form of a masked one."""
    return number.str.head(KEPT) + pl.lit("***")
