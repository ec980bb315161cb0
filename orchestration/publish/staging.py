"""Writes the tables of a version into a folder that nobody reads yet.

Not here: how the folder becomes a version (publish.py).
"""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import polars as pl

from expectations.scorecard.score import score
from orchestration.publish.change import CHANGE, build_changes
from orchestration.publish.change import GRAIN as CHANGE_GRAIN
from orchestration.publish.durable import FOLDER_MODE
from orchestration.publish.error import PublishError
from orchestration.publish.export import SPILL, copy_frame, copy_model, open_serving, write_parquet
from orchestration.publish.facts import TableFacts, table_facts
from orchestration.publish.grain import grains
from orchestration.publish.last_version import LastVersion
from orchestration.publish.layout import SERVING, TABLES
from orchestration.publish.quality_history import QUALITY, SCORE, with_history
from orchestration.publish.request import PublishRequest
from orchestration.publish.retention import kept_versions

SIDE_BY_SIDE = 2


class Staging:
    """The tables of one version that is being written.

    Attributes:
        tables: the facts of every table that stands there already.
    """

    def __init__(self, request: PublishRequest, folder: Path, version: str, last: LastVersion | None) -> None:
        self.tables: dict[str, TableFacts] = {}
        self._request, self._folder, self._version, self._last = request, folder, version, last
        self._grains = grains(request.nodes, [*request.frames, SCORE])

    def write(self) -> None:
        """Write every table, the change feed and the audit's results; serving.duckdb is closed afterwards.

        Raises:
            PublishError: when a table has no grain, or the audit finds the feed broken.
        """
        (self._folder / TABLES).mkdir(parents=True, mode=FOLDER_MODE)
        connection = open_serving(self._folder / SERVING, self._request.database)
        try:
            self._request.on_step("export")
            self._export(connection)
            self._request.on_step("changes")
            self._write_changes(connection)
            self._request.on_step("audit")
            self._write_results(connection)
        finally:
            connection.close()
            shutil.rmtree(self._folder / SPILL, ignore_errors=True)

    def _export(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The models, two at a time: sorting one leaves room for compressing another. Then what Python made."""
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            for _ in pool.map(lambda table: self._export_model(connection.cursor(), table), sorted(self._request.nodes)):
                pass
        for table, frame in sorted(self._request.frames.items()):
            if table != QUALITY:
                copy_frame(connection, table, frame, self._grains[table])
                self._record(connection, table, self._grains[table])

    def _export_model(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        copy_model(connection, table, self._grains[table])
        self._record(connection, table, self._grains[table])

    def _write_changes(self, connection: duckdb.DuckDBPyConnection) -> None:
        since = kept_versions(self._request.home, self._request.keep, coming=self._version)[0]
        build_changes(connection, self.tables, self._last, version=self._version, at=self._request.at, since=since)
        self._record(connection, CHANGE, CHANGE_GRAIN)

    def _write_results(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The gate's results, and those of the audit of what was made only now."""
        results = self._request.frames.get(QUALITY)
        if results is None:
            return
        results = with_history(self._audited(results), self._last)
        for table, frame in {QUALITY: results, SCORE: score(results)}.items():
            copy_frame(connection, table, frame, self._grains[table])
            self._record(connection, table, self._grains[table])

    def _audited(self, results: pl.DataFrame) -> pl.DataFrame:
        if self._request.audit is None:
            return results
        aside = {table: self._folder / f"{table}.parquet" for table in (QUALITY, SCORE)}
        results.write_parquet(aside[QUALITY])
        score(results).write_parquet(aside[SCORE])
        report = self._request.audit({CHANGE: self._path(CHANGE), **aside})
        for path in aside.values():
            path.unlink()
        if report.blocking_failures:
            raise PublishError(
                "nothing was published, and the last good version stays current: " + "; ".join(report.blocking_failures)
            )
        return pl.concat([results, report.results.select(results.columns)])

    def _record(self, connection: duckdb.DuckDBPyConnection, table: str, grain: tuple[str, ...]) -> None:
        write_parquet(connection, table, self._path(table))
        self.tables[table] = table_facts(connection, table, grain, self._path(table))

    def _path(self, table: str) -> Path:
        return self._folder / TABLES / f"{table}.parquet"
