"""Times at which records were last changed, spread over the years before the street's day."""

import random
from datetime import date, datetime, time, timedelta


def stamp(rng: random.Random, day: date, earliest_days: int = 900, since: date | None = None) -> datetime:
    """A working-hours time between `earliest_days` ago (or `since`) and the evening before `day`; later days are likelier."""
    oldest = min((day - since).days, earliest_days) if since else earliest_days
    back = 1 + int(max(0, oldest - 1) * rng.random() ** 2)
    at = time(rng.randint(8, 18), rng.randrange(60), rng.randrange(60))
    return datetime.combine(day - timedelta(days=back), at)


def today(rng: random.Random, day: date) -> datetime:
    """A working-hours time on the given day."""
    return datetime.combine(day, time(rng.randint(8, 18), rng.randrange(60), rng.randrange(60)))
