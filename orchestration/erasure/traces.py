"""What tells of one person in a published table: identifiers, records, and keys.

Not here: plain values (no published table but the vault holds any).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.publish.sql import quoted, text

_FORWARDS = "resident_forward"  # an identifier that lives no more, and where it went: nothing of a person
_RESIDENT, _HEAD = "resident_id", "head"
_REFS = (
    ("source_system", "source_entity", "source_key"),
    ("left_system", "left_entity", "left_key"),
    ("right_system", "right_entity", "right_key"),
)


@dataclass(frozen=True)
class Traces:
    """One person, as published tables know them.

    Attributes:
        ids: The identifier and those that forward to it.
        refs: system, entity, key of every record.
        tasks: Tasks that must go though the person stays.
    """

    ids: frozenset[str]
    refs: frozenset[tuple[str, str, str]]
    tasks: frozenset[str] = frozenset()


def is_mine(table: str, columns: Sequence[str], traces: Traces) -> str:
    """A condition in SQL that is true for the rows that tell of the person, and never null."""
    conditions = ["false"]
    if table != _FORWARDS:
        conditions += [_among(name, traces.ids) for name in columns if name.endswith(_RESIDENT) and not name.startswith(_HEAD)]
    conditions += [_is_record(names, traces) for names in _REFS if set(names) <= set(columns)]
    if "task_id" in columns and traces.tasks:
        conditions += [_among("task_id", traces.tasks)]
    if {"dataset", "key"} <= set(columns):
        conditions += [_among("key", frozenset(key for _, _, key in traces.refs) | traces.ids)]
    return " or ".join(conditions)


def without(columns: Sequence[str], traces: Traces) -> str:
    """The columns, where a household no longer names the person as its head."""
    return ", ".join(
        f"case when {_among(name, traces.ids)} then null else {quoted(name)} end as {quoted(name)}"
        if name.startswith(_HEAD) and name.endswith(_RESIDENT)
        else quoted(name)
        for name in columns
    )


def _among(name: str, values: frozenset[str]) -> str:
    listed = ", ".join(text(value) for value in sorted(values)) or "null"
    return f"coalesce({quoted(name)} in ({listed}), false)"


def _is_record(names: tuple[str, str, str], traces: Traces) -> str:
    listed = ", ".join(f"({', '.join(text(part) for part in ref)})" for ref in sorted(traces.refs))
    return f"coalesce(({', '.join(quoted(name) for name in names)}) in ({listed}), false)" if listed else "false"
