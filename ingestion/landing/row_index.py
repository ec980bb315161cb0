"""Which version of each row was landed last, so that a row that is read again is known.

A row is known by its key and the digest of its content. Kept in each batch folder, and summed up in state; the sum can be made
again at any time. Not here: exact repeats inside one delivery (landing), files that arrive again (files_seen).
"""

import io
from pathlib import Path

import polars as pl

from ingestion.atomic import read_json, replace_file, replace_json
from ingestion.landing.ledger import batch_folders
from ingestion.landing.manifest import Manifest

FILE = "row_digests.parquet"
SCHEMA = {"key": pl.UInt64, "content": pl.UInt64}
SEED = 20261120  # any number will do, as long as it stays


class RowIndex:
    """Keys and contents of all rows of one entity that were landed last."""

    def __init__(self, home: Path, source: str, entity: str) -> None:
        """Nothing is read yet."""
        self.home, self.source, self.entity = home, source, entity
        self.path = home / "state" / "rows" / source / f"{entity}.parquet"

    def split(self, frame: pl.DataFrame, key: str, landed: list[Manifest]) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The rows that are new or changed, and their digests for the batch; all versions of a key stay together."""
        frame = without_repeats(frame)
        digests = row_digests(frame, key)
        known = self._load(landed)
        fresh = digests.join(known, on=["key", "content"], how="anti")
        places = digests.with_columns(_line=frame["_line"]).join(fresh.select("key").unique(), on="key", how="semi")
        rows = frame.filter(pl.col("_line").is_in(places["_line"].implode()))
        return rows, fresh.unique(maintain_order=True)

    def _load(self, landed: list[Manifest]) -> pl.DataFrame:
        """What state holds, and what was landed since."""
        stamp = self.path.with_suffix(".json")
        through = int(read_json(stamp).get("through", 0))
        is_kept = self.path.exists() and any(found.sequence == through for found in landed)
        frames = [pl.read_parquet(self.path)] if is_kept else [pl.DataFrame(schema=SCHEMA)]
        newer = [found for found in landed if not is_kept or found.sequence > through]
        folders = {folder.name: folder for folder in batch_folders(self.home, self.source, self.entity)}
        files = [folders[f"batch={found.batch_id}"] / FILE for found in newer]
        frames += [pl.read_parquet(path) for path in files if path.exists()]
        known = pl.concat(frames).unique("key", keep="last", maintain_order=True)
        if newer:
            written = io.BytesIO()
            known.write_parquet(written)
            replace_file(self.path, written.getvalue())
            replace_json(stamp, {"through": newer[-1].sequence})
        return known


def without_repeats(frame: pl.DataFrame) -> pl.DataFrame:
    """Exact repeats are taken out; the last one stays, since for equal update times the row that arrived last wins."""
    columns = [name for name in frame.columns if name != "_line"]
    return frame.unique(subset=columns, keep="last", maintain_order=True)


def row_digests(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """Key and content of every row: all rows of one key in a delivery share one content, in their order."""
    fields = [name for name in frame.columns if name != "_line"]
    row = frame.select(fields).hash_rows(seed=SEED)
    named = frame.select(key=pl.col(key).hash(seed=SEED)).with_columns(row=row, is_named=frame[key].is_not_null())
    keyed = named.with_columns(key=pl.when("is_named").then("key").otherwise("row"))
    content = pl.col("row").cast(pl.String).str.join("|").over("key").hash(seed=SEED)
    return keyed.with_columns(content=pl.when(pl.col("key").is_duplicated()).then(content).otherwise("row")).select(*SCHEMA)
