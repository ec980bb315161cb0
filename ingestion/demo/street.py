"""One synthetic street: the truth, and what the five sources hold of it on its first day.

Not here: writing it out (`write`), later days (`increments`).
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from ingestion.demo.chance import stream
from ingestion.demo.data_files import data
from ingestion.demo.dirt.soil import Soiler
from ingestion.demo.sources.civil import CivilOffice
from ingestion.demo.sources.device import Fitter
from ingestion.demo.sources.police import register_rows, standard_addresses
from ingestion.demo.sources.property import property_tables
from ingestion.demo.style import Style, load_style
from ingestion.demo.world.people import World, build_people
from ingestion.demo.world.places import build_places

SMALLEST = 20


@dataclass(frozen=True)
class Street:
    """A street as its sources know it at the end of one day.

    Args:
        style: codes, names and address manners.
        seed: everything is drawn from it.
        day: the day that the tables stand for.
        days: how many days of telemetry the first delivery holds, ending with `day`.
        dirt: factor on all rates of `data/dirt.yaml`.
        world: the truth.
        tables: soiled records by `source.entity` (`civil.members` apart); columns that begin with `_` never reach a source.
        log: one row a soiled cell (entity, key, field, kind, clean).
        tally: one row a field and kind of dirt (rate, cells, tried, soiled).
    """

    style: Style
    seed: int
    day: date
    days: int
    dirt: float
    world: World
    tables: dict[str, pl.DataFrame]
    log: pl.DataFrame
    tally: pl.DataFrame


def build_street(
    houses: int = 2000,
    seed: int = 1,
    day: date = date(2026, 11, 20),
    *,
    days: int = 1,
    dirt: float = 1.0,
    style: str | Style = "lane",
) -> Street:
    """Make a street of so many dwellings (shops and offices come on top); the same arguments give the same street.

    Raises:
        ValueError: fewer than 20 dwellings, of which no street can be made.
    """
    if houses < SMALLEST:
        raise ValueError(f"houses is {houses}; a demo street needs at least {SMALLEST} dwellings")
    look = load_style(style)
    places = build_places(look, houses, seed)
    world = build_people(look, places, seed, day)
    clean = {f"property.{name}": frame for name, frame in property_tables(look, world, seed, day).items()}
    clean["property.owner"] = _claimed_again(clean["property.owner"], seed, dirt)
    clean["police.SYRK"] = _mark_damaged(register_rows(look, world, seed, day), seed, day, dirt)
    clean["police.BZDZ"] = standard_addresses(look, world, seed, day)
    clean |= {f"civil.{name}": frame for name, frame in CivilOffice(look, world, seed, day).tables().items()}
    clean["device.register"] = Fitter(look, world, seed, day).register()
    soiler = Soiler(seed, dirt, look, places.elements, world.people)
    tables = {name: soiler.soil(name, frame) for name, frame in clean.items()}
    return Street(look, seed, day, days, dirt, world, tables, soiler.log_frame(), soiler.tally_frame())


def row_rate(name: str, dirt: float) -> float:
    """The share of rows, lines or messages of one kind of row dirt, at the given factor."""
    return float(min(1.0, data("dirt")["rows"][name] * dirt))


def _claimed_again(owners: pl.DataFrame, seed: int, dirt: float) -> pl.DataFrame:
    """Some claims stand twice in the bureau's table, under two numbers."""
    chosen = owners.filter(pl.Series(stream(seed, "owner_again").random(owners.height) < row_rate("owner_again", dirt)))
    return pl.concat([owners, chosen.with_columns(owner_id=pl.lit("OA") + pl.col("owner_id").str.slice(1))])


def _mark_damaged(register: pl.DataFrame, seed: int, day: date, dirt: float) -> pl.DataFrame:
    """Mark the rows whose CSV line will have a wrong number of fields."""
    share = row_rate("register_damaged", dirt)
    return register.with_columns(_damaged=pl.Series(stream(seed, f"damaged.{day}").random(register.height) < share))
