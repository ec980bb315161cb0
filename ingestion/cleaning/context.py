"""What cleaning must know besides the rows: the key, the business date, the moment of arrival. Not here: settings of sources."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class CleaningContext:
    """The surroundings of one batch; the same context and rows always give the same result.

    Attributes:
        key: The warehouse key, for source keys that hold a person's number.
        as_of: Business date (Asia/Shanghai); dates after it are in the future.
        received_at: When the batch arrived, UTC without zone.
    """

    key: bytes
    as_of: date
    received_at: datetime
