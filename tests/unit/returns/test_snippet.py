"""The lines of Python that the documentation gives to other systems run as they stand, on a published version."""

import contextlib
import io
from pathlib import Path

import polars as pl
import pytest

from tests.published_street import write_version

PAGE = Path(__file__).resolve().parents[3] / "docs" / "files-for-systems.md"
SPARK = "from pyspark.sql import SparkSession"


def snippet() -> tuple[str, str]:
    """The block of the page: what runs with our own libraries, and what needs Spark."""
    block = PAGE.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    own, marker, spark = block.partition(SPARK)
    return own, marker + spark


@pytest.mark.slow
def test_polars_pandas_and_duckdb_read_the_same_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "data"
    folder = write_version(home)
    (home / "published" / "CURRENT").write_text(folder.name + "\n", encoding="utf-8")
    (folder / "tables").mkdir(exist_ok=True)
    expected = _write_tables(folder)
    monkeypatch.chdir(tmp_path)
    parts, names, printed = snippet()[0].split("\nimport "), {}, io.StringIO()
    heights = []
    for number, part in enumerate(parts):
        with contextlib.redirect_stdout(printed):
            exec(part if number == 0 else f"import {part}", names)  # noqa: S102 - our own page
        if "resident" in names:
            heights.append(len(names["resident"]))
    assert heights == [expected, expected, expected]
    assert "status" in printed.getvalue()


def test_the_lines_for_spark_are_python_and_read_the_same_file() -> None:
    """Spark is none of our dependencies; what it may find strange in a file is tested with its functions elsewhere."""
    spark = snippet()[1]
    compile(spark, str(PAGE), "exec")
    assert 'spark.read.parquet(f"{tables}/resident.parquet")' in spark


def _write_tables(folder: Path) -> int:
    """The table as a Parquet file, as a version has it; its rows."""
    import duckdb  # noqa: PLC0415 - only here

    with duckdb.connect(str(folder / "serving.duckdb"), read_only=True) as connection:
        frame = connection.sql("select * from resident").pl()
    frame.write_parquet(folder / "tables" / "resident.parquet")
    return pl.read_parquet(folder / "tables" / "resident.parquet").height
