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
    people = members.select(pl.col("resident_id").unique().sort())
    for found in (_best_numbers(members), _newest_phones(members)):
        people = people.join(found, "resident_id", "left", maintain_order="left")
    tokens = {"id_token": _tokens(people["number"], key, "id"), "phone_token": _tokens(people["mobile"], key, "phone")}
    return conform(people.with_columns(**tokens), TOKEN)


def _best_numbers(members: pl.DataFrame) -> pl.DataFrame:
    """`resident_id`, `number`: of the first choice, of equal ones the smallest. Few tell several: only these are sorted."""
    told = members.select("resident_id", "slot_rank", "number").drop_nulls("number").unique()
    several = pl.col("resident_id").is_duplicated()
    chosen = told.filter(several).sort("resident_id", "slot_rank", "number").unique("resident_id", keep="first")
    return pl.concat([told.filter(~several), chosen]).select("resident_id", "number")


def _newest_phones(members: pl.DataFrame) -> pl.DataFrame:
    """`resident_id`, `mobile`: of the record that changed last; of equal ones, the first record's."""
    told = members.select("resident_id", "mobile", "source_updated_at", "rid").drop_nulls("mobile")
    several = pl.col("resident_id").is_duplicated()
    ranked = told.filter(several).sort("source_updated_at", "rid", descending=[True, False], nulls_last=True)
    newest = ranked.unique("resident_id", keep="first", maintain_order=True)
    return pl.concat([told.filter(~several), newest]).select("resident_id", "mobile")


def _tokens(values: pl.Series, key: bytes, purpose: str) -> pl.Series:
    """The token of each value: HMAC-SM3 over `<purpose>:<value>` in 64 hex digits; null for null."""
    told = values.drop_nulls()
    digests = hmac_sm3_all(key, pl.select(pl.lit(f"{purpose}:") + told).to_series())
    places = values.is_not_null().arg_true()
    return pl.Series([None] * values.len(), dtype=pl.String).scatter(places, hex_text(digests))
