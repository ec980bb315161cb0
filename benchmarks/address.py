"""How long a million addresses take: parsed, resolved, and both, beside a plain parser that goes row by row.

`python -m benchmarks.address [--addresses N] [--dwellings N]` measures texts that repeat, as texts of a street do, and texts
that are all different. Seconds are of the wall and of the processor; the register is made ready before the clock starts.
Not here: how right the answers are (benchmarks/address_city.py).
"""

import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
import polars as pl

from benchmarks.address_city import staged_tables
from benchmarks.address_models import PlaceModels, compile_place_models, open_warehouse, run_models
from ingestion.cleaning.address.parse import parse_addresses
from ingestion.demo.street import build_street

PER_ADDRESS = (
    "int_address__listed",
    "int_address__worded",
    "int_name__unknown",
    "int_name__old",
    "int_name__similar",
    "int_name__alternate",
)
PER_ADDRESS += ("int_address__found", "int_address__resolved")
LANE_FORMS: tuple[Callable[[str, int, int, int], str], ...] = (
    lambda road, lane, gate, room: f"{road}{lane}弄{gate}号{room}室",
    lambda road, lane, gate, room: f"东海市云洲区{road}{lane}弄{gate}号{room}室",
    lambda road, lane, gate, room: f"{road}{lane}弄{gate}号{room}",
    lambda road, lane, gate, room: f"{road}{lane}-{gate}-{room}",
    lambda road, lane, gate, room: f"东海市东海市云洲区澄江路街道{road} {lane}弄 0{gate}号 {room}室",
    lambda road, lane, gate, room: f"{road}{lane}弄{gate}号{room}室（靠近菜场）",
    lambda road, lane, gate, room: f"{road}{lane}弄{gate}号楼{room}室",
)
NUMERALS = "一二三四五六七八九"
PLAIN = re.compile(r"^(?:\S{2,6}?[省市区县])*(\w+?路)(\d+)弄(?:(\d+)支弄)?(\d+)号(?:楼)?(\d+)?(?:室|房)?")


def lane_register(dwellings: int) -> list[tuple[str, int, int, int]]:
    """Road, lane, gate and room of so many dwellings of an invented city: 60 of them a lane."""
    roads = [f"示{NUMERALS[n % 9]}{suffix}路" for n in range(9) for suffix in ("东", "西", "南", "北", "中")]
    lanes = range(-(-dwellings // 60))
    every = (
        (roads[lane % len(roads)], 100 + lane, gate, floor * 100 + door)
        for lane in lanes
        for gate in range(1, 6)
        for floor in range(1, 7)
        for door in (1, 2)
    )
    return [place for place, _ in zip(every, range(dwellings), strict=False)]


def texts(register: list[tuple[str, int, int, int]], count: int, *, is_distinct: bool) -> pl.Series:
    """So many addresses of the register in several manners; all different, if asked for, by the telephone numbers in them."""
    chance = random.Random(1)  # noqa: S311 - invented addresses
    written = [chance.choice(LANE_FORMS)(*chance.choice(register)) for _ in range(count)]
    return pl.Series([f"{text} 电话138{n:08}" for n, text in enumerate(written)] if is_distinct else written)


def staged_register(register: list[tuple[str, int, int, int]], addresses: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The staging tables of a city whose police list holds the register, and whose residents' register the addresses."""
    staged = {name: frame.clear() for name, frame in staged_tables(build_street(houses=20)).items()}
    places = pl.DataFrame(register, schema=["address_road", "address_lane", "address_gate", "address_room"], orient="row")
    keys = pl.int_range(pl.len()).cast(pl.String)
    listed = places.cast(pl.String).with_columns(
        source_key=pl.lit("Z") + keys, division_code=pl.lit("319999"), committee_code=pl.lit("319999001001"), is_live=True
    )
    residents = addresses.rename(lambda name: f"address_{name}").with_columns(source_key=pl.lit("R") + keys, is_live=True)
    for name, rows in (("stg_police__bzdz", listed), ("stg_police__syrk", residents)):
        known = rows.select(column for column in rows.columns if column in staged[name].columns)
        staged[name] = pl.concat([staged[name], known], how="diagonal")
    return staged


@contextmanager
def clock(label: str, count: int) -> Iterator[list[float]]:
    """Print what the block took; the list holds the seconds of the wall."""
    wall, processor, taken = time.perf_counter(), time.process_time(), [0.0]
    yield taken
    taken[0] = time.perf_counter() - wall
    print(f"  {label}: {taken[0]:.1f} s, processor {time.process_time() - processor:.1f} s, for {count:,}", flush=True)


def measure(models: PlaceModels, register: list[tuple[str, int, int, int]], count: int, *, is_distinct: bool) -> None:
    """Parse and resolve; print the seconds and how many were resolved to a dwelling."""
    written = texts(register, count, is_distinct=is_distinct)
    print(f"{count:,} addresses, {written.n_unique():,} different, {len(register):,} dwellings")
    with clock("parse", count) as parse:
        parsed = parse_addresses(written)
    with open_warehouse(models, staged_register(register, parsed)) as warehouse:
        run_models(warehouse, models)
        with clock("resolve", count) as resolve:
            run_models(warehouse, models, list(PER_ADDRESS))
        found = warehouse.sql("select count(dwelling_cluster) from int_address__resolved").fetchall()[0][0]
    print(f"  both: {parse[0] + resolve[0]:.1f} s; a dwelling found for {found:,}")
    measure_plain(written, parse[0])


def measure_plain(written: pl.Series, seconds: float) -> None:
    """A plain parser row by row, on a tenth of the addresses; it knows one manner of writing and no dirt."""
    some = written.head(written.len() // 10).to_list()
    started = time.perf_counter()
    read = sum(PLAIN.match(text) is not None for text in some)
    plain = (time.perf_counter() - started) * 10
    share = f"reads {read / len(some):.0%} of them"
    print(f"  plain regular expression row by row: {plain:.1f} s, {share}; ours takes {seconds / plain:.1f} times as long")


@click.command()
@click.option("--addresses", default=1_000_000, show_default=True)
@click.option("--dwellings", default=100_000, show_default=True)
def main(addresses: int, dwellings: int) -> None:
    """Print the figures."""
    models, register = compile_place_models(), lane_register(dwellings)
    for is_distinct in (False, True):
        measure(models, register, addresses, is_distinct=is_distinct)


if __name__ == "__main__":
    main()
