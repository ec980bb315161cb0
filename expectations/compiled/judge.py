"""Great Expectations decides: a frame with one row a counted check, and one expectation on all of its rows.

Great Expectations has no DuckDB engine, and handing it whole tables through pandas takes twenty times as long and
gigabytes; an expectation a check takes hundred times as long as one on all rows. See docs/decisions. Importing it takes
seconds, so it is imported when the first verdict is asked for. Not here: how the counts were made (compiled/measure.py).
"""

import os
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

from expectations.compiled.measure import Measurement
from expectations.suite.gx_suite import mostly


def judge(measurements: Sequence[Measurement]) -> dict[str, bool]:
    """The verdict on each check, by its code. What could not be counted has not passed, nor what could not be judged."""
    counted = [found for found in measurements if found.problem is None]
    passed = _codes_within_limits(counted) if counted else frozenset()
    return {found.check.code: found.problem is None and found.check.code in passed for found in measurements}


def _codes_within_limits(counted: Sequence[Measurement]) -> frozenset[str]:
    """The codes of the checks of which Great Expectations finds no more rows unexpected than are allowed."""
    frames = _frames()
    import great_expectations as gx  # noqa: PLC0415 - seconds
    import pandas as pd  # noqa: PLC0415 - only Great Expectations needs it
    from great_expectations.expectations.core.expect_column_pair_values_a_to_be_greater_than_b import (  # noqa: PLC0415
        ExpectColumnPairValuesAToBeGreaterThanB,
    )

    limits = [max(found.slack, allowed(found.checked, found.check.tolerance)) for found in counted]
    codes = [found.check.code for found in counted]
    counts = pd.DataFrame({"code": codes, "unexpected": [found.unexpected for found in counted], "allowed": limits})
    within = ExpectColumnPairValuesAToBeGreaterThanB(column_A="allowed", column_B="unexpected", or_equal=True)
    outcome = frames.get_batch({"dataframe": counts}).validate(
        gx.ExpectationSuite(name="counts", expectations=[within]),
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["code"]},
    )
    answer = outcome.results[0]
    beyond = {row["code"] for row in answer.result.get("unexpected_index_list") or ()}
    # An answer that names no row though it is none of success (an error within) lets nothing pass.
    return frozenset(codes) - beyond if answer.success or beyond else frozenset()


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
    from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415 - comes with Great Expectations

    # Its own lock is one between processes, which a process that ends with the run leaves behind with a warning.
    tqdm.set_lock(threading.RLock())
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context.data_sources.add_pandas("counts").add_dataframe_asset("counts").add_batch_definition_whole_dataframe("all")
