"""One row of tokens a resident.

Not here: the keyed digest itself (identity/token/token.py).
"""

import polars as pl

from identity.frames import TOKEN, conform
from identity.token.token import hmac_sm3


def token_frame(members: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Tokens of each resident's document number and phone.

    Args:
        members: One row a record: `resident_id`, `number` (its own, usable; else null), `slot_rank` (0 the first choice),
            `mobile`, `source_updated_at`, `rid` (rank of the record's ref).
        key: The configured key.

    Returns:
        `resident_id`, `id_token` (null: no usable number), `phone_token` (null: no phone; else of the newest one).
    """
    number = (
        members.filter(pl.col("number").is_not_null())
        .sort("slot_rank", "number")
        .group_by("resident_id")
        .agg(pl.col("number").first())
    )
    newest = members.filter(pl.col("mobile").is_not_null()).sort(
        "source_updated_at", "rid", descending=[True, False], nulls_last=True
    )
    phone = newest.group_by("resident_id", maintain_order=True).agg(pl.col("mobile").first())
    people = members.select("resident_id").unique().join(number, "resident_id", "left").join(phone, "resident_id", "left")
    people = people.with_columns(
        id_token=_tokens(people["number"], key, "id"), phone_token=_tokens(people["mobile"], key, "phone")
    )
    return conform(people, TOKEN).sort("resident_id")


def _tokens(values: pl.Series, key: bytes, purpose: str) -> pl.Series:
    return pl.Series([None if value is None else hmac_sm3(key, purpose, value) for value in values.to_list()], dtype=pl.String)
