"""The check character of 18-character numbers, ISO 7064 MOD 11-2 as in GB 11643-1999. Not here: what the other digits mean."""

import polars as pl

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHARACTERS = "10X98765432"


def check_character(body: pl.Expr) -> pl.Expr:
    """Computes the check character of 17 digits; null where `body` is no number."""
    number = body.str.to_integer(strict=False)
    total = pl.sum_horizontal(number // 10 ** (16 - place) % 10 * weight for place, weight in enumerate(_WEIGHTS))
    remainder = pl.when(number.is_not_null()).then(total % 11)
    return pl.lit(_CHARACTERS).str.slice(remainder, 1)


def passes_check(number: pl.Expr) -> pl.Expr:
    """Tells whether an 18-character number ends in its check character; null for texts of another form."""
    return check_character(number.str.slice(0, 17)) == number.str.slice(17)
