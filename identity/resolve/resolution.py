"""What one run of identity hands back.

Not here: how it is found (identity/resolve/run.py).
"""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Resolution:
    """Eight frames in the columns of identity/frames.py, each sorted, so that equal input gives equal bytes.

    Attributes:
        resident_link: One row a person record.
        place_link: One row a place record.
        forward: One row an identifier that lives no more.
        review: One row a pair that people must decide.
        token: One row a resident.
        place_change: One row a place and a place that it took records from, by merge or split, whenever that was.
        other_telling: One row a version of a record that told of somebody else than the record does now.
        log_event: What this run changes; to be committed when its version is published.
    """

    resident_link: pl.DataFrame
    place_link: pl.DataFrame
    forward: pl.DataFrame
    review: pl.DataFrame
    token: pl.DataFrame
    place_change: pl.DataFrame
    other_telling: pl.DataFrame
    log_event: pl.DataFrame
