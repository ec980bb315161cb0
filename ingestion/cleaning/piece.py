"""What the cleaning of one field hands back. Not here: how pieces become rows (entity)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

Flags = Mapping[str, pl.Series]


@dataclass(frozen=True)
class Piece:
    """Cleaned columns of one field, with the rows that each rule found.

    Attributes:
        columns: Output columns, as long as the raw frame and in its order.
        flags: Rule code to a Boolean series: true where the rule found something. Null counts as false.
    """

    columns: pl.DataFrame
    flags: Flags = field(default_factory=dict)
