"""What identity answered to each run, kept on disk: one folder a run, with the rows that are other than those of the run before.

Who is who hangs on more than the records and the log: weights are learned from the population, and a run solves again only what
a change can reach. So an earlier day is not solved again: what was answered then is read back.
Not here: identifiers and why they changed (identity/log/identity_log.py), solving (identity/solution).
"""

import re
import shutil
from collections.abc import Mapping
from itertools import dropwhile
from pathlib import Path

import polars as pl

from identity.frames import ANSWER, Columns, conform

_FOLDER = re.compile(r"^(?P<number>\d{6})-(?P<run>.+)$")
_GONE = "is_gone"


class AnswerLogError(Exception):
    """What a run was answered is not kept, or not readable."""


class AnswerLog:
    """The answers of all published runs below one folder, in the order in which they were given; none is ever changed.

    `tables`: columns and key of each table that is kept, by its name; what identity answers unless told otherwise.
    """

    def __init__(self, folder: Path, tables: Mapping[str, tuple[Columns, tuple[str, ...]]] = ANSWER) -> None:
        self._folder, self._tables = folder, tables

    def commit(self, frames: Mapping[str, pl.DataFrame], run_id: str) -> Path:
        """Keep what this run was answered, whole or not at all.

        Args:
            frames: Every table by its name.
            run_id: The run, which has no answers here so far.
        """
        before = self._runs()
        final = self._folder / f"{len(before) + 1:06d}-{run_id}"
        aside = self._folder / ".writing"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True, mode=0o700)
        for name, (schema, key) in self._tables.items():
            changes = _changes(schema, key, frames[name], self._folded(name, before))
            changes.write_parquet(aside / f"{name}.parquet", compression="zstd")
        aside.rename(final)
        return final

    def told(self, run_id: str) -> dict[str, pl.DataFrame]:
        """Every table as it was after this run, by its key.

        Raises:
            AnswerLogError: nothing is kept of the run.
        """
        runs = self._runs()
        names = [path.name.partition("-")[2] for path in runs]
        if run_id not in names:
            raise AnswerLogError(
                f"{self._folder}: nothing is kept of what run {run_id} was told; restore the folder, or ask for another date"
            )
        known = runs[: names.index(run_id) + 1]
        return {name: self._folded(name, known) for name in self._tables}

    def before(self, run_id: str | None = None) -> dict[str, pl.DataFrame]:
        """Every table as it was before this run, by its key: for null after all runs, empty for a run that is not kept."""
        runs = self._runs()
        names = [path.name.partition("-")[2] for path in runs]
        known = runs if run_id is None else runs[: names.index(run_id)] if run_id in names else []
        return {name: self._folded(name, known) for name in self._tables}

    def _folded(self, name: str, runs: list[Path]) -> pl.DataFrame:
        """A table after these runs, by its key: of each key the newest row, unless it is gone."""
        schema, key = self._tables[name]
        since = dropwhile(lambda run: not (run / f"{name}.parquet").exists(), runs)  # runs of before the table was kept
        frames = [pl.read_parquet(run / f"{name}.parquet") for run in since]
        if not frames:
            return pl.DataFrame(schema=dict(schema))
        newest = pl.concat(frames).unique(list(key), keep="last", maintain_order=True)
        return conform(newest.filter(~pl.col(_GONE)), schema).sort(*key)

    def _runs(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("*-*") if _FOLDER.match(path.name))


def _changes(schema: Columns, key: tuple[str, ...], now: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """The rows that are new or other, and the keys that are gone, with `is_gone`."""
    told = conform(now, schema)
    other = told.join(before, list(schema), "anti", nulls_equal=True)
    gone = before.join(told, list(key), "anti", nulls_equal=True).select(*key, **{_GONE: pl.lit(value=True)})
    return pl.concat([other.with_columns(pl.lit(value=False).alias(_GONE)), gone], how="diagonal").sort(*key)
