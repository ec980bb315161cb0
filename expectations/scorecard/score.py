"""Scores, grades and trends by level, subject and dimension, computed from the rows of `quality_result` by score.sql.

Whoever holds `quality_result` can run the statement again and gets the same. Not here: what a check counts (compiled/, feed/).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

HERE = Path(__file__).parent


@cache
def rules() -> Mapping[str, Any]:
    """Formula in words and the bounds of the grades."""
    told: Mapping[str, Any] = yaml.safe_load((HERE / "scorecard.yaml").read_text(encoding="utf-8"))
    return told


def score(results: pl.DataFrame) -> pl.DataFrame:
    """The table `quality_score` of the runs in `results`.

    Args:
        results: Rows of `quality_result` of one run or more.

    Returns:
        One row a level (street, source, dataset, committee), subject, dimension and run. `score` is 0 to 100 and null where no
        check ran; `covered_columns` of `column_count` columns are looked at by a check that ran, null for committees.
    """
    told = rules()
    given = {"same_within": float(told["same_within"]), "formula": f"{told['formula_zh']} / {told['formula_en']}"}
    with duckdb.connect() as connection:
        connection.register("quality_result", results.to_arrow())
        connection.register("grade", pl.DataFrame(told["grades"]).to_arrow())
        found = connection.sql((HERE / "score.sql").read_text(encoding="utf-8"), params=given).to_arrow_table()
        return pl.DataFrame(found)
