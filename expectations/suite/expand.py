"""What the short forms of a suite file stand for: a Great Expectations type with its arguments.

Not here: the words of the claims (expectations/short_forms.yaml), or the reading of files (suite/load.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from expectations.suite.check import COLUMNS_PRESENT, REFERENCE
from expectations.suite.document import Block, SuiteDocument

PARTS_ADD_UP = "expect_parts_to_add_up_to_total"
EITHER_MISSING = "either_value_is_missing"


@dataclass(frozen=True)
class ShortForm:
    """One claim before it has words.

    Attributes:
        kind: key of expectations/short_forms.yaml.
        subject: what the claim is about; ends the check's code.
        expectation: the Great Expectations type.
        kwargs: its arguments.
        words: values for the words of the claim.
        tolerance: share of rows that may break it.
    """

    kind: str
    subject: str
    expectation: str
    kwargs: dict[str, Any]
    words: dict[str, str] = field(default_factory=dict)
    tolerance: float = 0.0


def structure(document: SuiteDocument) -> Iterator[ShortForm]:
    """The claims that every table has: its promised columns are there, and its grain names one row."""
    yield ShortForm("columns", "", COLUMNS_PRESENT, {"column_set": document.columns, "exact_match": False})
    grain = document.grain
    if len(grain) == 1:
        yield ShortForm("grain", "", "expect_column_values_to_be_unique", {"column": grain[0]}, {"columns": grain[0]})
    else:
        yield ShortForm(
            "grain", "", "expect_compound_columns_to_be_unique", {"column_list": grain}, {"columns": " + ".join(grain)}
        )


def expand(block: Block) -> Iterator[ShortForm]:
    """The claims of one block, in the order of its fields."""
    yield from _columns(block)
    yield from _several_columns(block)


def _columns(block: Block) -> Iterator[ShortForm]:
    for column in block.required:
        yield ShortForm("required", column, "expect_column_values_to_not_be_null", {"column": column})
    for column, values in block.codes.items():
        words = {"values": ", ".join(str(value) for value in values)}
        yield ShortForm("codes", column, "expect_column_values_to_be_in_set", {"column": column, "value_set": values}, words)
    for column, pattern in block.formats.items():
        kwargs = {"column": column, "regex": pattern}
        yield ShortForm("formats", column, "expect_column_values_to_match_regex", kwargs, {"pattern": pattern})
    for column, (lowest, highest) in block.ranges.items():
        bounds = {"min_value": lowest, "max_value": highest}
        limits = {"column": column} | {name: bound for name, bound in bounds.items() if bound is not None}
        named = {"lowest": _bound(lowest), "highest": _bound(highest)}
        yield ShortForm("ranges", column, "expect_column_values_to_be_between", limits, named)


def _several_columns(block: Block) -> Iterator[ShortForm]:
    for earlier, later in block.orders:
        kwargs = {"column_A": later, "column_B": earlier, "or_equal": True, "ignore_row_if": EITHER_MISSING}
        words = {"earlier": earlier, "later": later}
        yield ShortForm("orders", f"{earlier}.{later}", "expect_column_pair_values_a_to_be_greater_than_b", kwargs, words)
    for reference in block.references:
        subject = "+".join(reference.columns)
        kwargs = {"column_list": reference.columns, "other_table": reference.table, "other_columns": reference.keys}
        words = {"columns": subject, "other": reference.table}
        yield ShortForm("references", f"{subject}.{reference.table}", REFERENCE, kwargs, words, reference.tolerance)
    for total, parts in block.parts.items():
        words = {"total": total, "parts": " + ".join(parts)}
        yield ShortForm("parts", total, PARTS_ADD_UP, {"column_list": [total, *parts]}, words)


def _bound(bound: object) -> str:
    """A bound in words: a parameter by its name, an open end as `…`."""
    if isinstance(bound, dict):
        return str(bound["$PARAMETER"])
    return "…" if bound is None else str(bound)
