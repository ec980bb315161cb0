"""Great Expectations decides: a one-row frame of counts, and one expectation for each of its columns.

Great Expectations has no DuckDB engine, and handing it whole tables through pandas takes twenty times as long and
gigabytes; see docs/decisions. Importing it takes seconds, so it is imported when the first verdict is asked for.
Not here: how the counts were made (compiled/measure.py).
"""

import os
from collections.abc import Sequence
from functools import cache
from typing import Any

from expectations.compiled.measure import Measurement
from expectations.suite.gx_suite import mostly


def judge(table: str, measurements: Sequence[Measurement]) -> dict[str, bool]:
    """The verdict on each counted check, by its code. What could not be counted has not passed."""
    verdicts = {found.check.code: False for found in measurements}
    counted = [found for found in measurements if found.problem is None]
    if not counted:
        return verdicts
    frames = _frames()
    import great_expectations as gx  # noqa: PLC0415 - seconds
    import pandas as pd  # noqa: PLC0415 - only Great Expectations needs it
    from great_expectations.expectations.core.expect_column_max_to_be_between import (  # noqa: PLC0415 - seconds
        ExpectColumnMaxToBeBetween,
    )

    metrics = pd.DataFrame({f"unexpected_{n}": [found.unexpected] for n, found in enumerate(counted)})
    # On one row the maximum is the value; of the types that could ask this it is the quickest, and a null fails it.
    asked = [
        ExpectColumnMaxToBeBetween(
            column=f"unexpected_{n}",
            min_value=0,
            max_value=max(found.slack, allowed(found.checked, found.check.tolerance)),
            meta={"code": found.check.code},
        )
        for n, found in enumerate(counted)
    ]
    batch = frames.get_batch({"dataframe": metrics})
    outcome = batch.validate(gx.ExpectationSuite(name=table, expectations=asked), result_format="BOOLEAN_ONLY")
    answers = {answer.expectation_config.meta["code"]: answer.success is True for answer in outcome.results}
    return verdicts | answers


def allowed(checked: int, tolerance: float) -> int:
    """How many of `checked` rows may break a claim: the most that Great Expectations' `mostly` would let pass."""
    if checked == 0 or tolerance == 0:
        return 0
    rows = int(checked * tolerance)
    while (checked - rows - 1) / checked >= mostly(tolerance):
        rows += 1
    while rows and (checked - rows) / checked < mostly(tolerance):
        rows -= 1
    return rows


def preload() -> None:
    """Import Great Expectations, so that the gate need not wait for it."""
    _frames()


@cache
def _frames() -> Any:
    """A batch definition that takes any frame, in a context that leaves nothing on disk and sends nothing."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx  # noqa: PLC0415 - seconds
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415 - seconds

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context.data_sources.add_pandas("counts").add_dataframe_asset("counts").add_batch_definition_whole_dataframe("all")
