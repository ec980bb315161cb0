"""The one expectation that Great Expectations lacks: a total equals the sum of its parts, row by row.

Imported only by suite/gx_suite.py, since Great Expectations takes seconds to import.
"""

from typing import Any, ClassVar

from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_map_metric_provider import (
    MulticolumnMapMetricProvider,
)


class PartsAddUp(MulticolumnMapMetricProvider):
    """The condition: the first column equals the sum of the others; a missing part breaks it."""

    condition_metric_name = "multicolumn_values.parts_add_up"
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")
    condition_value_keys = ()

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: Any, **_kwargs: Any) -> Any:  # noqa: N805 - Great Expectations passes the class
        return column_list.iloc[:, 0] == column_list.iloc[:, 1:].sum(axis=1, skipna=False)


class ExpectPartsToAddUpToTotal(MulticolumnMapExpectation):
    """The first of `column_list` equals the sum of the others in every row."""

    map_metric = "multicolumn_values.parts_add_up"
    args_keys = ("column_list",)
    library_metadata: ClassVar[dict[str, object]] = {}
