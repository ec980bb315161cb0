"""One person out of identity's logs: what stays are opaque identifiers and their forwards, without a record's key.

The one exception to "append-only" (docs/decisions/0007-erasure.md). Not here: anything that holds plain values.
"""

import json
from pathlib import Path

import polars as pl

from identity.frames import LOG_EVENT, REF
from identity.holder.events import REUSED
from identity.log.identity_log import segment_name, segments

Ref = tuple[str, str, str]
ERASED = "erased"
_SEPARATOR = "\x1f"


def erase_from_log(folder: Path, ids: frozenset[str], refs: frozenset[Ref]) -> int:
    """Empty every event that tells of these identifiers or records; how many that were. Numbers and order stay.

    Each segment is written anew beside the old one, which goes afterwards: where a crash left both, the old one goes now.
    """
    count = 0
    for old in _without_doubles(folder):
        events = pl.read_parquet(old)
        mine = pl.Series([_is_mine(event, ids, refs) for event in events.iter_rows(named=True)], dtype=pl.Boolean)
        if not mine.any():
            continue
        count += int(mine.sum())
        emptied = ["entity_id", *REF, "reason"]
        less = events.with_columns(
            pl.when(mine).then(None).otherwise(pl.col(name)).cast(LOG_EVENT[name]).alias(name) for name in (*emptied, "other_id")
        ).with_columns(event=pl.when(mine).then(pl.lit(ERASED)).otherwise("event"))
        aside = old.with_name(f".{old.name}.writing")
        less.write_parquet(aside, compression="zstd")
        first, run = old.stem.rsplit("-", 1)[0].split("-", 1)
        aside.rename(old.with_name(segment_name(int(first), run, aside)))
        old.unlink()
    return count


def erase_from_answers(folder: Path, ids: frozenset[str], refs: frozenset[Ref]) -> int:
    """Remove every row of what runs were answered that tells of these identifiers or records; how many that were."""
    count = 0
    for path in sorted(folder.glob("*/*.parquet")):
        rows = pl.read_parquet(path)
        kept = rows.filter(~_tells(rows.columns, ids, refs))
        if kept.height < rows.height:
            count += rows.height - kept.height
            aside = path.with_name(f".{path.name}.writing")
            kept.write_parquet(aside, compression="zstd")
            aside.rename(path)
    return count


def _tells(columns: list[str], ids: frozenset[str], refs: frozenset[Ref]) -> pl.Expr:
    """Whether a row bears an identifier of a resident or the ref of a record, on any side of a pair."""
    named = [pl.col(name).is_in(list(ids)) for name in columns if name.endswith("resident_id")]
    texts = pl.Series([_SEPARATOR.join(ref) for ref in refs], dtype=pl.String)
    for side in ("source", "left", "right"):
        parts = [name.replace("source", side) for name in REF]
        if set(parts) <= set(columns):
            named.append(pl.concat_str(parts, separator=_SEPARATOR).is_in(texts.implode()))
    return pl.any_horizontal(pl.lit(value=False), *(test.fill_null(value=False) for test in named))


def _is_mine(event: dict[str, str | None], ids: frozenset[str], refs: frozenset[Ref]) -> bool:
    """Whether an event names a record of the person; that an identifier was given and where it went stays."""
    ref = tuple(event[name] for name in REF)
    if event["event"] == "decided":
        right = tuple(json.loads(event["reason"] or "{}").get("right", ()))
        return ref in refs or right in refs
    if event["event"] == REUSED:
        return event["entity_id"] in ids
    is_placed = event["event"] in {"joined", "left"}
    return is_placed and event["kind"] == "resident" and (ref in refs or event["entity_id"] in ids)


def _without_doubles(folder: Path) -> list[Path]:
    """The segments; of two with one number the newer file stays."""
    newest: dict[str, Path] = {}
    for path in sorted(segments(folder), key=lambda path: path.stat().st_mtime_ns):
        number = path.name.split("-")[0]
        if number in newest:
            newest[number].unlink()
        newest[number] = path
    return [newest[number] for number in sorted(newest)]
