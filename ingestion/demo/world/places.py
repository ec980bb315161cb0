"""Estates, buildings and dwellings of the street, one frame each.

Not here: who lives in them (`people`), or how a source writes them (`sources`).
"""

import random
from dataclasses import dataclass, field

import polars as pl

from ingestion.demo.chance import choose, dice
from ingestion.demo.style import Style
from ingestion.demo.world.elements import Elements

DWELLINGS_PER_ESTATE = 25  # fewer dwellings make fewer estates, so that a small street still has buildings
ESTATES = 60
WALK_UP_FLOORS = 6
TWO_COMMITTEES = 20  # every so many estates one lies in two committees
DIVIDED_ROOMS = 0.02  # of the first rooms of a floor


@dataclass(frozen=True)
class Places:
    """The street's places.

    Args:
        estates: one row an estate: estate, name, form, committee (index), road, lane, plot, built_year, lon, lat.
        buildings: one row a building: building, estate, committee, form, sublane, gate, block, units, floors, lon, lat.
        houses: one row a dwelling or shop: house, building, estate, committee, use, tenure, area.
        elements: the address of each house, by its number.
    """

    estates: pl.DataFrame
    buildings: pl.DataFrame
    houses: pl.DataFrame
    elements: list[Elements]


@dataclass
class _Plan:
    """What grows while the estates are laid out, one list of rows a frame."""

    estates: list[dict[str, object]] = field(default_factory=list)
    buildings: list[dict[str, object]] = field(default_factory=list)
    houses: list[dict[str, object]] = field(default_factory=list)
    elements: list[Elements] = field(default_factory=list)


def build_places(style: Style, houses: int, seed: int) -> Places:
    """Lay out a street of the given number of dwellings, plus the style's share of shops and offices."""
    rng = dice(seed, "places")
    count = max(1, min(ESTATES, houses // DWELLINGS_PER_ESTATE))
    shares = [rng.lognormvariate(0, 0.5) for _ in range(count)]
    plan = _Plan()
    names = _names(style, count, rng)
    done, total = 0.0, sum(shares)
    for number, share in enumerate(shares):
        start, done = round(houses * done / total), done + share
        size = round(houses * done / total) - start
        estate = _estate(style, number, count, names[number], rng)
        plan.estates.append(estate)
        _homes(plan, style, estate, size, rng)
        _shops(plan, estate, round(size * style.shop_share), rng)
    return Places(pl.DataFrame(plan.estates), pl.DataFrame(plan.buildings), pl.DataFrame(plan.houses), plan.elements)


def _names(style: Style, count: int, rng: random.Random) -> list[tuple[str, str]]:
    """Form and name of every estate; a village's name tells its form, and lists that run out are numbered on."""
    villages, others = list(style.villages), list(style.estate_names)
    named: list[tuple[str, str]] = []
    for number in range(count):
        form = choose(rng, style.estate_mix)
        pool = villages if form == "village" and villages else others
        form = form if form != "village" or villages else next(iter(style.estate_mix))
        again = f"{number // len(style.estate_names) + 2}期"
        named.append((form, pool.pop(0) if pool else rng.choice(style.estate_names) + str(number) + again))
    return named


def _estate(style: Style, number: int, count: int, named: tuple[str, str], rng: random.Random) -> dict[str, object]:
    committees = min(len(style.committee_suffixes), count)
    form, name = named
    lane = str(100 + number * 17 + rng.randrange(10)) if form in ("lane", "sublane", "old") else ""
    return {
        "estate": number,
        "name": name,
        "form": form,
        "committee": number * committees // count,
        "committee_after": min(committees - 1, number * committees // count + (1 if number % TWO_COMMITTEES == 0 else 0)),
        "road": style.roads[number % len(style.roads)],
        "lane": lane,
        "plot": str(10 + number * 8) if form in ("block", "village") else "",
        "is_plot_written": form == "block" and rng.random() < style.plot_share,
        "built_year": rng.randint(1930, 1949) if form == "old" else rng.randint(1952, 2022),
        "lon": round(style.longitude + rng.uniform(-0.012, 0.012), 6),
        "lat": round(style.latitude + rng.uniform(-0.009, 0.009), 6),
    }


def _shape(form: str, rng: random.Random) -> tuple[int, int, int]:
    """Floors, rooms a floor and units of the buildings of one estate."""
    if form == "block":
        return rng.choice([6, 11, 18, 26]), rng.choice([2, 3, 4]), rng.choice([1, 2, 3])
    floors = WALK_UP_FLOORS if form in ("village", "front", "sublane") else rng.choice([6, 6, 6, 12, 18])
    return floors, rng.choice([2, 3, 4]), 1


def _homes(plan: _Plan, style: Style, estate: dict[str, object], size: int, rng: random.Random) -> None:
    """Fill the estate with buildings of one shape, dwelling after dwelling."""
    form = str(estate["form"])
    floors, wide, units = _shape(form, rng)
    capacity = len(style.old_rooms) if form == "old" else floors * wide
    entrances = -(-size // capacity)
    tenure = [choose(rng, style.tenures) for _ in range(3)]
    split = ""
    for place in range(size):
        entrance, within = divmod(place, capacity)
        number, unit = divmod(entrance, units)
        if within == 0 and unit == 0:
            _building(plan, estate, number=number, count=entrances // units, shape=(units, floors), rng=rng)
        room = "" if form == "old" else f"{within // wide + 1}{within % wide + 1:02d}"
        part = style.old_rooms[within] if form == "old" else ""
        if split:  # the second half of a divided room
            room, part, split = str(plan.elements[-1].room), split, ""
        elif form != "old" and within % wide == 0 and within + 1 < capacity and place + 1 < size and rng.random() < DIVIDED_ROOMS:
            first, second = rng.choice(style.parts)
            part, split = str(first), str(second)
        door = (str(unit + 1) if form == "block" else "", room, part)
        _house(plan, estate, door=door, use="住宅", tenure=rng.choice(tenure), rng=rng)


def _building(
    plan: _Plan, estate: dict[str, object], *, number: int, count: int, shape: tuple[int, int], rng: random.Random
) -> None:
    form = str(estate["form"])
    block = str(number + 1) if form == "block" else ""
    sublane = str(number // 6 + 1) if form == "sublane" else ""
    gate = {"block": "", "sublane": str(number % 6 + 1), "front": str(100 + 200 * int(str(estate["estate"])) + 2 * number)}.get(
        form, str(number + 1)
    )
    committee = estate["committee"] if number * 2 <= count else estate["committee_after"]
    _add_building(plan, estate, form=form, numbers=(sublane, gate, block), shape=shape, committee=committee, rng=rng)


def _add_building(
    plan: _Plan,
    estate: dict[str, object],
    *,
    form: str,
    numbers: tuple[str, str, str],
    shape: tuple[int, int],
    committee: object,
    rng: random.Random,
) -> None:
    sublane, gate, block = numbers
    plan.buildings.append(
        {
            "building": len(plan.buildings),
            "estate": estate["estate"],
            "committee": committee,
            "form": form,
            "sublane": sublane,
            "gate": gate,
            "block": block,
            "units": shape[0],
            "floors": shape[1],
            "lon": round(float(str(estate["lon"])) + rng.uniform(-0.0008, 0.0008), 6),
            "lat": round(float(str(estate["lat"])) + rng.uniform(-0.0008, 0.0008), 6),
        }
    )


def _house(
    plan: _Plan, estate: dict[str, object], *, door: tuple[str, str, str], use: str, tenure: str, rng: random.Random
) -> None:
    building = plan.buildings[-1]
    unit, room, part = door
    plan.houses.append(
        {
            "house": len(plan.houses),
            "building": building["building"],
            "estate": estate["estate"],
            "committee": building["committee"],
            "use": use,
            "tenure": tenure,
            "area": round(rng.uniform(9, 24) if building["form"] == "old" else max(22.0, rng.gauss(72, 26)), 2),
        }
    )
    sublane, gate, block = (str(building[key]) for key in ("sublane", "gate", "block"))
    lane = str(estate["lane"]) if building["form"] in ("lane", "sublane", "old") else ""
    form, name, road, plot = (str(v) for v in (building["form"], estate["name"], estate["road"], estate["plot"]))
    plot = plot if estate["is_plot_written"] else ""
    plan.elements.append(Elements(form, name, road, lane, sublane, gate, block, unit, room, part, plot))


def _shops(plan: _Plan, estate: dict[str, object], count: int, rng: random.Random) -> None:
    """Shops and offices stand at the road, each behind a number of its own."""
    for number in range(count):
        gate = str(1001 + 40 * int(str(estate["estate"])) + 2 * number)
        _add_building(plan, estate, form="shop", numbers=("", gate, ""), shape=(1, 2), committee=estate["committee"], rng=rng)
        use = rng.choice(["商铺", "商铺", "办公", "其他"])
        _house(plan, estate, door=("", "", ""), use=use, tenure="商品房", rng=rng)
