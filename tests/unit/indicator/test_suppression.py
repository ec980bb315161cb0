"""No attacker learns a small count: `int_measure__protected` on streets drawn at random, against linear programs."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import jinja2
import numpy as np
import polars as pl
import pytest

from tests.suppression_attack import Cell, Published, bounds

pytestmark = pytest.mark.slow
DBT = Path(__file__).resolve().parents[3] / "dbt_project"
LIMIT = 10
SENSITIVE = {"lone_elder": "elder", "equipped": "lone_elder", "served": "lone_elder", "disabled": "living"}
PARTS = {"equipped": "lone_elder", "served": "lone_elder"}
COLUMNS = (
    "area_level",
    "area_code",
    "parent_code",
    "period",
    "indicator_code",
    "numerator_measure",
    "numerator",
    "denominator_measure",
    "denominator",
)


def model_sql() -> str:
    """The model as dbt would send it, with its macro."""
    texts = (DBT / "macros/indicator/hidden_counts.sql", DBT / "models/intermediate/indicator/int_measure__protected.sql")
    source = "\n".join(path.read_text(encoding="utf-8") for path in texts)
    template = jinja2.Environment(autoescape=False).from_string(source)  # noqa: S701 - SQL, no page
    moment = {"month_of": lambda day: day, "as_of_date": lambda: "'n'"}  # the month after "m"
    return template.render(ref=lambda name: name, var=lambda _: LIMIT, config=lambda **_: "", **moment)


SQL = model_sql()


class Street:
    """Counts of a street drawn at random: estates add up to committees, committees to the street, and some have no place."""

    def __init__(self, seed: int, *, has_unplaced: bool) -> None:
        chance = np.random.default_rng(seed)
        self.parents = {f"c{c}": "s" for c in range(int(chance.integers(2, 6)))}
        self.levels = {"s": "street"} | dict.fromkeys(self.parents, "committee")
        for committee in list(self.parents):
            estates = {f"{committee}e{number}": committee for number in range(int(chance.integers(1, 6)))}
            self.parents |= estates
            self.levels |= dict.fromkeys(estates, "estate")
        self.counts: dict[Cell, float] = {}
        leaves = [area for area, level in self.levels.items() if level == "estate" or has_unplaced]
        share = chance.choice([0.05, 0.2, 0.6, 0.95])
        for area in leaves:
            self._add_people(chance, area, float(share), is_estate=self.levels[area] == "estate")

    def _add_people(self, chance: np.random.Generator, area: str, share: float, *, is_estate: bool) -> None:
        living = int(chance.choice([0, 5, 30, 120, 400])) if is_estate else int(chance.integers(0, 20))
        elder = chance.binomial(living, 0.3)
        lone = chance.binomial(elder, share)
        found = {"living": living, "elder": elder, "lone_elder": lone, "disabled": chance.binomial(living, 0.06)}
        found |= {part: chance.binomial(lone, float(chance.choice([0.1, 0.5, 0.9]))) for part in PARTS}
        at: str | None = area
        while at is not None:
            for measure, number in found.items():
                self.counts[measure, at] = self.counts.get((measure, at), 0.0) + float(number)
            at = self.parents.get(at)

    def computed(self) -> pl.DataFrame:
        """As int_indicator__told gives it."""
        rows = [
            (
                level,
                area,
                self.parents.get(area),
                "m",
                measure,
                measure,
                self.counts[measure, area],
                base,
                self.counts[base, area],
            )
            for area, level in self.levels.items()
            for measure, base in SENSITIVE.items()
        ]
        return pl.DataFrame(rows, schema=list(COLUMNS), orient="row", infer_schema_length=None)


def hidden_cells(street: Street, withheld: Iterable[Cell] = ()) -> set[Cell]:
    """What the model withholds; `withheld`: what the last version of that month did."""
    formula = pl.DataFrame({"numerator_measure": list(SENSITIVE), "is_sensitive": [True] * len(SENSITIVE)})
    part = pl.DataFrame({"measure": list(PARTS), "whole_measure": list(PARTS.values())})
    known = [(street.levels[area], area, "m", measure) for measure, area in withheld]
    kept = pl.DataFrame(known, schema=dict.fromkeys(("area_level", "area_code", "period", "measure"), pl.String), orient="row")
    with duckdb.connect() as connection:
        tables = {"int_indicator__told": street.computed(), "indicator_formula": formula, "sensitive_part": part}
        tables["stg_run__known_withheld"] = kept
        for name, frame in tables.items():
            connection.register(name, frame.to_arrow())
        return {(measure, area) for area, measure in connection.sql(f"select area_code, measure from ({SQL})").fetchall()}


@pytest.mark.parametrize("has_unplaced", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_proves_no_small_count(seed: int, has_unplaced: bool) -> None:
    street = Street(seed, has_unplaced=has_unplaced)
    hidden = hidden_cells(street)
    told = {cell: number for cell, number in street.counts.items() if cell not in hidden}
    small = {cell for cell, number in told.items() if cell[0] in SENSITIVE and 0 < number < LIMIT}
    assert small == set()
    capacities = [*SENSITIVE.items(), ("lone_elder", "elder"), ("disabled", "living")]
    published = Published(told, tuple(sorted(hidden)), street.parents, capacities)
    for cell, (least, greatest) in bounds(published, knows_all_places=not has_unplaced).items():
        true, people = street.counts[cell], street.counts["living" if cell[0] == "disabled" else "elder", cell[1]]
        assert least - 1e-6 <= true <= greatest + 1e-6, "the attack itself is wrong"
        if people:
            assert greatest - least > 0.5, (cell, true, least, greatest)
            assert greatest >= min(LIMIT, people) - 1e-6, (cell, true, least, greatest)


@pytest.mark.parametrize("seed", range(20))
def test_a_month_that_is_over_tells_no_more_than_at_its_end(seed: int) -> None:
    """Whatever is known of that month by now, and whatever others are withheld for it: nothing of then comes out."""
    then, now = Street(seed, has_unplaced=False), Street(seed, has_unplaced=False)
    chance = np.random.default_rng(1000 + seed)
    for measure, area in [cell for cell in now.counts if cell[0] in SENSITIVE and cell[1] in now.parents.values()]:
        now.counts[measure, area] += float(chance.integers(-8, 9)) if now.counts[measure, area] > LIMIT else 0.0
    at_the_end = hidden_cells(then)
    hidden = hidden_cells(now, at_the_end)
    assert hidden >= at_the_end | hidden_cells(now)
    told = {cell: number for cell, number in then.counts.items() if cell not in hidden}
    capacities = [*SENSITIVE.items(), ("lone_elder", "elder"), ("disabled", "living")]
    kept = Published(told, tuple(sorted(hidden)), then.parents, capacities)
    for cell, (least, greatest) in bounds(kept, knows_all_places=True).items():
        people = then.counts["living" if cell[0] == "disabled" else "elder", cell[1]]
        if people and cell in at_the_end:
            assert greatest - least > 0.5, (cell, least, greatest)
            assert greatest >= min(LIMIT, people) - 1e-6, (cell, least, greatest)


def test_the_attack_finds_what_a_naive_suppression_leaves() -> None:
    """One hidden committee beside two that are told is the street less the others."""
    told = {("lone_elder", "s"): 40.0, ("lone_elder", "c1"): 20.0, ("lone_elder", "c2"): 17.0}
    published = Published(told, (("lone_elder", "c3"),), {"c1": "s", "c2": "s", "c3": "s"}, [])
    assert bounds(published, knows_all_places=True) == {("lone_elder", "c3"): (3.0, 3.0)}
    assert bounds(published) == {("lone_elder", "c3"): (0.0, 3.0)}


def test_the_same_cells_are_withheld_when_sizes_change_places() -> None:
    """Two versions that differ by one person each must not hide now one neighbour, now the other."""
    street = Street(3, has_unplaced=False)
    before = hidden_cells(street)
    for cell in street.counts:
        if cell[0] == "living" and street.counts[cell]:
            street.counts[cell] += float(len(cell[1]) % 3)
    assert hidden_cells(street) == before
