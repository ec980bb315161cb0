"""A table on the terminal: nothing is cut off, however narrow it is. Not here: what stands in it."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table


def table_of(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> Table:
    """Rows under these heads; numbers stand to the right, long texts go on in the next line, null is empty.

    Args:
        columns: The heads; the last column takes the room that is left.
        rows: One value a head.
        title: Stands above.
    """
    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD)
    told = [list(row) for row in rows]
    for place, name in enumerate(columns):
        is_count = bool(told) and all(isinstance(row[place], int | float) for row in told)
        table.add_column(name, justify="right" if is_count else "left", overflow="fold")
    for row in told:
        table.add_row(*map(_text, row))
    return table


def _text(value: object) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
