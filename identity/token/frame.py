"""One row of tokens a resident.

Not here: the keyed digest itself (identity/token/token.py, for many at once identity/token/sm3.py).
"""

import polars as pl

from identity.frames import TOKEN, conform
from identity.token.sm3 import hex_text, hmac_sm3_all

_RANK = 3  # digits, so that ranks sort as text


def token_frame(members: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Tokens of each resident's document number and phone.

    Args:
        members: One row a record: `resident_id`, `number` (its own, usable; else null), `slot_rank` (0 the first choice),
            `mobile`, `source_updated_at`, `rid` (rank of the record's ref).
        key: The configured key.

    Returns:
        `resident_id`, `id_token` (null: no usable number), `phone_token` (null: no phone; else of the newest one).
    """
    ranked = pl.concat_str(pl.col("slot_rank").cast(pl.String).str.zfill(_RANK), "number")
    people = members.group_by("resident_id").agg(number=ranked.min().str.slice(_RANK))
    people = people.join(_newest_phones(members), "resident_id", "left").sort("resident_id")
    tokens = {"id_token": _tokens(people["number"], key, "id"), "phone_token": _tokens(people["mobile"], key, "phone")}
    return conform(people.with_columns(**tokens), TOKEN)


def _newest_phones(members: pl.DataFrame) -> pl.DataFrame:
    """`resident_id`, `mobile`: of the record that changed last; of equal ones, the first record's."""
    told = members.filter(pl.col("mobile").is_not_null())
    newest = told.sort("source_updated_at", "rid", descending=[True, False], nulls_last=True)
    return newest.unique("resident_id", keep="first").select("resident_id", "mobile")


def _tokens(values: pl.Series, key: bytes, purpose: str) -> pl.Series:
    """The token of each value: HMAC-SM3 over `<purpose>:<value>` in 64 hex digits; null for null."""
    told = values.drop_nulls()
    digests = hmac_sm3_all(key, pl.select(pl.lit(f"{purpose}:") + told).to_series())
    places = values.is_not_null().arg_true()
    return pl.Series([None] * values.len(), dtype=pl.String).scatter(places, hex_text(digests))
