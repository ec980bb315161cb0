"""The columns that a source names, beside those it named before: added, missing, in another order. Not here: their content."""

import io
import json
from collections.abc import Iterable, Sequence

TASTED = 50  # lines of a JSON feed whose keys are looked at: a field that appears stands in all new lines
KEYED = "{"  # stands before the names of a feed without an order


def keys_of(records: Iterable[object]) -> tuple[str, ...]:
    """The names in some JSON objects, in the alphabet's order, marked as being without an order of their own."""
    names = {str(name) for record in records if isinstance(record, dict) for name in record}
    return (KEYED, *sorted(names)) if names else ()


def keys_of_lines(data: bytes) -> tuple[str, ...]:
    """The same of the first lines of NDJSON; what is no JSON is left out."""
    stream = io.BytesIO(data)  # which shares the bytes: of a large file only the beginning is looked at
    lines = [stream.readline() for _ in range(TASTED)]
    return keys_of(found for line in lines if (found := _parsed(line)) is not None)


def moved(now: Sequence[str], earlier: Sequence[Sequence[str]]) -> list[str]:
    """What is other than in earlier deliveries (newest first) of the same form, one text a column or cause; nothing without any.

    A column is added when no earlier delivery had it, and missing when all had it. Fields of JSON have no order, and may be left
    out where they are empty: of them only what is added is told, and empty cells are for the shares (look).
    """
    is_keyed = bool(now) and now[0] == KEYED
    alike = [names for names in earlier if names and (names[0] == KEYED) == is_keyed]
    if not now or not alike:
        return []
    known, always, last = set[str]().union(*alike), set(alike[0]).intersection(*alike), alike[0]
    told = [f"{name} added" for name in now if name not in known]
    if not is_keyed:
        told += [f"{name} missing" for name in last if name in always and name not in now]
        if [name for name in now if name in last] != [name for name in last if name in now]:
            told.append("columns in another order")
    return told


def missing(earlier: Sequence[Sequence[str]], now: Sequence[str]) -> set[str]:
    """Columns that every earlier delivery of the same form named and this one does not; nothing for fields of JSON."""
    alike = [set(names) for names in earlier if names and names[0] != KEYED]
    return set[str]() if not now or now[0] == KEYED or not alike else set(alike[0]).intersection(*alike) - set(now)


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
