"""Tidy text: one form of every character, nothing invisible, null for what says nothing. Not here: meaning of the text."""

import polars as pl

from ingestion.cleaning.reference import words

# Zero width, bidirectional and soft-hyphen characters, byte order mark, C0/C1 controls without tab and line ends.
_INVISIBLE = (
    r"[\x{00AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{FEFF}\x{0000}-\x{0008}\x{000E}-\x{001F}\x{007F}-\x{009F}]"
)


def visible(text: pl.Expr) -> pl.Expr:
    """Takes invisible characters out and trims; the characters that stay are as they were."""
    return text.str.replace_all(_INVISIBLE, "").str.strip_chars()


def normal(text: pl.Expr) -> pl.Expr:
    """Brings text to NFKC, without invisible characters, with single spaces and none at the ends."""
    return visible(text.str.normalize("NFKC")).str.replace_all(r"\s+", " ")


def compact(text: pl.Expr) -> pl.Expr:
    """Brings text to NFKC without any white space or invisible character, in upper case, without the quote sign of Excel text."""
    return visible(text.str.normalize("NFKC")).str.replace_all(r"\s+", "").str.strip_chars_start("'`").str.to_uppercase()


def is_nothing(compacted: pl.Expr, *, has_answers: bool = True) -> pl.Expr:
    """Tells whether compact text says nothing (null, empty, a null marker).

    Args:
        compacted: Text from `compact`.
        has_answers: Whether 无 and 0, which can be real answers elsewhere, say nothing here.
    """
    markers = words("text", "null_markers", "null_answers") if has_answers else words("text", "null_markers")
    return compacted.is_null() | compacted.is_in(list(markers))
