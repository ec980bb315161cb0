"""The keyed digest of source keys that hold a person's number. Not here: tokens of residents (identity)."""

import hmac

import polars as pl

_PURPOSE = "source_key:"
_HEX_DIGITS = 32


def key_digest(plain: str, key: bytes) -> str:
    """Gives ``sm3:`` and the first 32 hex digits of HMAC-SM3 under `key` over ``source_key:`` and the plain key."""
    return "sm3:" + hmac.new(key, (_PURPOSE + plain).encode(), "sm3").hexdigest()[:_HEX_DIGITS]


def key_digests(plain: pl.Series, key: bytes) -> pl.Series:
    """Digests a column of plain keys; null stays null. Few entities need it, and only thousands of rows of them."""
    digests = [None if text is None else key_digest(text, key) for text in plain.to_list()]
    return pl.Series(plain.name, digests, dtype=pl.String)
