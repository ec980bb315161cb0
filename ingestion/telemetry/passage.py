"""Messages that tell of somebody's passage through a gate or a door: what of them may be stored (docs/decisions/0013).

Of a passage the hour is stored, the device, and a keyed digest of the message's number, by which its copies are known again. The
rows stand behind all others of their batch, in the order of their digests: no neighbour tells when they came. Not here: the
delivered bytes (kept_bytes), lines by themselves (passage_line).
"""

import hashlib
import unicodedata

import polars as pl

from ingestion.telemetry.rules import telemetry_rules

IS_PASSAGE = "_is_passage"
DIGESTED = "passage:"  # so begins a number that was digested already
_HOUR_US = 3_600_000_000
_PERSON = b"yidang passage"


def tells_passages(source: str, entity: str) -> bool:
    """Whether messages of this feed may tell of passages."""
    return (source, entity) == ("device", "telemetry")


def passage_dtypes(source: str, entity: str) -> dict[str, pl.DataType]:
    """The column that landing adds to such a feed: `is_late`, whether a passage was told late; null for all other messages."""
    return {"is_late": pl.Boolean()} if tells_passages(source, entity) else {}


def with_passages_marked(raw: pl.DataFrame) -> pl.DataFrame:
    """The messages, with `_is_passage`: true for all but plain heartbeats and the events of `timed_events`.

    What is neither, known or not, is taken for a passage: a new word for one must not be stored with its moment.
    """
    if IS_PASSAGE in raw.columns:
        return raw
    beats = [kind for kind in raw["k"].unique() if is_beat(kind)]
    timed = [code for code in raw["ev"].unique() if is_timed(code)]
    is_plain = (pl.col("ev").is_null() & pl.col("k").is_in(beats)) | pl.col("ev").is_in(timed)
    return raw.with_columns((~is_plain.fill_null(value=False)).alias(IS_PASSAGE))


def is_beat(kind: object) -> bool:
    """Whether a source's word for a kind of message means a heartbeat, as cleaning reads it."""
    return _bare(kind) == "HB"


def is_timed(code: object) -> bool:
    """Whether a source's word for an event means one that is stored with its moment."""
    return _bare(code) in telemetry_rules().timed_events


def _bare(word: object) -> str:
    return "".join(unicodedata.normalize("NFKC", word).split()).upper() if isinstance(word, str) else ""


def message_digest(number: str, key: bytes) -> str:
    """What stands for a message's number where the number itself would tell when somebody passed; a digest stays itself."""
    return str(message_digests(pl.Series([number]), key)[0])


def message_digests(numbers: pl.Series, key: bytes) -> pl.Series:
    """The same of many numbers, none null; the key is worked in once, which is half of the work."""
    keyed, digests = hashlib.blake2b(key=key[:64], digest_size=12, person=_PERSON).copy, []
    for number in numbers.cast(pl.Binary).to_list():
        digest = keyed()
        digest.update(number)
        digests.append(digest.digest())
    told = DIGESTED + pl.Series(numbers.name, digests, dtype=pl.Binary).bin.encode("hex")
    return numbers.zip_with(numbers.str.starts_with(DIGESTED), told)


def by_hour(rows: pl.DataFrame, raw: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """The rows of a batch as they are stored.

    Args:
        rows: Cleaned messages, in the order of `raw`.
        raw: The messages that they were made of, and perhaps others.
        key: The configured key.

    Returns:
        The same rows with `is_late`: first those that are no passages, then the passages, without moment, number and value.
        `_line` counts them in this order where there are passages.
    """
    told = with_passages_marked(raw).select("_line", IS_PASSAGE, told_late=pl.col("late") if "late" in raw.columns else None)
    if told.height != rows.height:
        told = told.filter(pl.col("_line").is_in(rows["_line"].implode()))
    none = pl.lit(None, dtype=pl.Boolean).alias("is_late")
    if not told[IS_PASSAGE].any():
        return rows.with_columns(none)
    plain = rows.filter(~told[IS_PASSAGE]).with_columns(none)
    passages = rows.with_columns(told["told_late"]).filter(told[IS_PASSAGE])
    stored = pl.concat([plain, _stored(passages, key).select(plain.columns)])
    return stored.with_columns(_line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def _stored(passages: pl.DataFrame, key: bytes) -> pl.DataFrame:
    lag = pl.col("received_at") - pl.col("sent_at")
    is_told = pl.col("source_key").str.starts_with(DIGESTED) & pl.col("told_late").is_not_null()
    is_late = (
        pl.when(is_told).then(pl.col("told_late") == "true").otherwise(lag > pl.duration(minutes=telemetry_rules().late_minutes))
    )
    judged = passages.with_columns(is_late=pl.when(pl.col("sent_at").is_not_null()).then(is_late))
    return judged.with_columns(
        message_digests(passages["source_key"], key),
        *(_hour(name) for name in ("sent_at", "received_at")),
        event_value=pl.lit(None, dtype=pl.Float64),
    ).sort("source_key")


def _hour(name: str) -> pl.Expr:
    at = pl.col(name).to_physical()
    return (at - at % _HOUR_US).cast(pl.Datetime("us")).alias(name)
