"""One row of tokens a resident.

Not here: the keyed digest itself (identity/token/token.py, for many at once identity/token/sm3.py).
"""

import polars as pl

from identity.frames import TOKEN, conform
from identity.token.sm3 import hex_text, hmac_sm3_all


def token_frame(members: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Tokens of each resident's document number and phone.

    Args:
        members: One row a record: `resident_id` (of any type; whole numbers are done soonest), `number` (its own, usable; else
            null), `slot_rank` (0 the first choice), `mobile`, `source_updated_at`, `rid` (rank of the record's ref).
        key: The configured key.

    Returns:
        `resident_id`, `id_token` (null: no usable number), `phone_token` (null: no phone; else of the newest one).
    """
    told = members.select("resident_id", "number", "slot_rank").drop_nulls("number")
    best = told.sort("resident_id", "slot_rank", "number").unique("resident_id", keep="first")
    people = members.select("resident_id").unique().sort("resident_id")
    for found in (best, _newest_phones(members)):
        people = people.join(found, "resident_id", "left", maintain_order="left")
    tokens = {"id_token": _tokens(people["number"], key, "id"), "phone_token": _tokens(people["mobile"], key, "phone")}
    return conform(people.with_columns(**tokens), TOKEN)


def _newest_phones(members: pl.DataFrame) -> pl.DataFrame:
    """`resident_id`, `mobile`: of the record that changed last; of equal ones, the first record's."""
    told = members.select("resident_id", "mobile", "source_updated_at", "rid").drop_nulls("mobile")
    newest = told.sort("resident_id", "source_updated_at", "rid", descending=[False, True, False], nulls_last=True)
    return newest.unique("resident_id", keep="first").select("resident_id", "mobile")


def _tokens(values: pl.Series, key: bytes, purpose: str) -> pl.Series:
    """The token of each value: HMAC-SM3 over `<purpose>:<value>` in 64 hex digits; null for null."""
    told = values.drop_nulls()
    digests = hmac_sm3_all(key, pl.select(pl.lit(f"{purpose}:") + told).to_series())
    places = values.is_not_null().arg_true()
    return pl.Series([None] * values.len(), dtype=pl.String).scatter(places, hex_text(digests))
