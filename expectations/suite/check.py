"""One claim on one published table, as plain data.

Not here: how claims are read from YAML (suite/load.py) or judged (compiled/).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

REFERENCE = "expect_column_values_to_exist_in_other_table"
COLUMNS_PRESENT = "expect_table_columns_to_match_set"
ROW_COUNT = "expect_table_row_count_to_be_between"
CRITICAL, WARNING = "critical", "warning"


@dataclass(frozen=True)
class Check:
    """A claim and all that people need when it breaks.

    Attributes:
        code: stable name, unique in the project, for example `resident.grain`.
        dataset: the published table.
        expectation: a Great Expectations type, or REFERENCE for a key that must stand in another table.
        kwargs: the arguments of that type, as Great Expectations takes them.
        severity: `critical` keeps the last good version, `warning` is shown and lets the new one pass.
        tolerance: share of rows that may break the claim, 0 to 1 (Great Expectations' `mostly` is 1 minus it).
        dimension: quality dimension of GB/T 36344.
        owner: who is asked to mend it.
        claim_zh: the claim in Chinese.
        claim_en: the claim in English.
        debug_step: what to look at first.
        committee_code: the residents' committee of whose rows alone it speaks; null: of all.
        column_count: how many columns the dataset has; null: not known.
    """

    code: str
    dataset: str
    expectation: str
    kwargs: Mapping[str, Any]
    severity: str
    tolerance: float
    dimension: str
    owner: str
    claim_zh: str
    claim_en: str
    debug_step: str
    committee_code: str | None = None
    column_count: int | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the dataset that the claim speaks of, in the order of its arguments."""
        named = (self.kwargs.get(name) for name in ("column", "column_A", "column_B"))
        return (*(str(name) for name in named if name is not None), *self.kwargs.get("column_list", ()))


@dataclass(frozen=True)
class Suite:
    """Every claim on one table.

    Attributes:
        table: the published table.
        grain: the columns that name a row.
        checks: the claims, critical ones first as written.
        file: Parquet file below the home folder that holds the table when dbt does not build it; null otherwise.
        is_published_later: the table is made while publishing, so the gate before it has nothing to look at.
    """

    table: str
    grain: tuple[str, ...]
    checks: tuple[Check, ...] = field(default=())
    file: str | None = None
    is_published_later: bool = False
