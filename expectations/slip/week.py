"""A week of the street, as 2026-W47: Monday to Sunday by its own clock."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STREET_TIME = ZoneInfo("Asia/Shanghai")
_FORM = re.compile(r"(\d{4})-?W(\d{2})")


@dataclass(frozen=True)
class Week:
    """One week by its Monday."""

    monday: date

    @classmethod
    def of(cls, moment: datetime) -> "Week":
        """The week in which a moment (with a zone) lies."""
        day = moment.astimezone(STREET_TIME).date()
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def read(cls, text: str) -> "Week":
        """The week of a text such as 2026-W47.

        Raises:
            ValueError: it names none.
        """
        found = _FORM.fullmatch(text.strip().upper())
        try:
            return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1)) if found else _refuse(text)
        except ValueError:
            return _refuse(text)

    @property
    def name(self) -> str:
        """For example 2026-W47."""
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    @property
    def before(self) -> "Week":
        """The week before."""
        return Week(self.monday - timedelta(days=7))

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Its first moment and that of the next week, UTC without a zone, as the tables hold them."""
        ends = (datetime.combine(day, time(), STREET_TIME) for day in (self.monday, self.monday + timedelta(days=7)))
        first, after = (end.astimezone(UTC).replace(tzinfo=None) for end in ends)
        return first, after


def _refuse(text: str) -> "Week":
    raise ValueError(f"{text!r} is no week; write it as 2026-W47")
