"""Officials who look around: pages and places at random, with a pause to read or all in the same moment.

Not here: the protocol (official.py), what is printed (__main__.py).
"""

import asyncio
import itertools
import random
import time
from dataclasses import dataclass, field

from benchmarks.dashboards.official import Official
from benchmarks.dashboards.street import PASSWORD

PAGES = ("", "population", "housing", "welfare", "device", "catalogue", "quality")
PLACES = ("居委", "小区")
STAY = 12  # visits before an official leaves and comes back as a new session


@dataclass
class Visits:
    """What was waited: page or choice, and seconds."""

    seconds: list[tuple[str, float]] = field(default_factory=list)

    def quantile(self, share: float, what: str = "") -> float:
        """The wait that this share of the visits did not exceed; `what`: of one page only."""
        waits = sorted(seconds for page, seconds in self.seconds if what in ("", page))
        return waits[min(len(waits) - 1, int(share * len(waits)))] if waits else float("nan")


async def arrive(port: int, user: str) -> Official:
    """A new session, signed in."""
    official = Official(port)
    await official.arrive()
    await official.sign_in(user, PASSWORD)
    return official


async def look_around(official: Official, chance: random.Random, visits: Visits) -> None:
    """One visit: another page, or another place on the page at hand."""
    boxes = [label for label in PLACES if len(official.boxes.get(label, ("", []))[1]) > 1]
    if boxes and chance.random() < 0.5:
        label = chance.choice(boxes)
        seconds = await official.choose(label, chance.choice(official.boxes[label][1]))
        visits.seconds.append(("place", seconds))
        return
    page = chance.choice([page for page in PAGES if page in official.pages])
    visits.seconds.append((page or "overview", await official.open(page)))


async def one_morning(official: Official, user: str, pause: float, end: float, visits: Visits) -> None:
    """Visit until the clock (time.perf_counter) says `end`, with pauses around `pause` seconds; come anew from time to time."""
    chance = random.Random(f"{user}-{official.port}-{pause}")  # noqa: S311 - where somebody looks is no secret
    await asyncio.sleep(chance.random() * pause)
    for visit in itertools.count(1):
        if time.perf_counter() >= end:
            break
        if visit % STAY == 0:
            await official.leave()
            official = await arrive(official.port, user)
        await look_around(official, chance, visits)
        await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)
    await official.leave()


async def all_at_once(port: int, users: list[str], rounds: int) -> Visits:
    """Everybody presses in the same moment, again and again."""
    visits = Visits()
    officials = [await arrive(port, user) for user in users]
    chance = random.Random(7)  # noqa: S311 - the same
    for _ in range(rounds):
        await asyncio.sleep(1.0)
        await asyncio.gather(*(look_around(official, chance, visits) for official in officials))
    await asyncio.gather(*(official.leave() for official in officials))
    return visits
