"""An attacker on published indicators: what the cells that are told prove of those that are withheld.

Who attacks knows every published numerator and denominator, the area tree, which group is a part of which, and that counts are
not negative; not how many people have no place in a part. Linear programs give each withheld count's least and greatest value.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

Cell = tuple[str, str]  # measure, area


@dataclass(frozen=True)
class Published:
    """One period as published: `told` counts by cell (sensitive and not), `hidden` cells, and what binds them."""

    told: Mapping[Cell, float]
    hidden: tuple[Cell, ...]
    parents: Mapping[str, str]  # area to the area it is a part of
    capacities: Iterable[tuple[str, str]]  # measure, measure that it is never greater than


def bounds(published: Published, *, knows_all_places: bool = False) -> dict[Cell, tuple[float, float]]:
    """The least and greatest value of each withheld count; `knows_all_places`: the parts of every area hold all of it."""
    place = {cell: number for number, cell in enumerate(published.hidden)}
    rows, limits = [], []
    for terms in _inequalities(published, knows_all_places=knows_all_places):
        if not all(cell in place or cell in published.told for cell in terms):
            continue  # what nobody publishes binds nothing
        row = np.zeros(len(place))
        for cell in terms.keys() & place.keys():
            row[place[cell]] += terms[cell]
        if row.any():
            rows.append(row)
            limits.append(-sum(factor * published.told[cell] for cell, factor in terms.items() if cell not in place))
    return {cell: _extremes(number, len(place), rows, limits) for cell, number in place.items()}


def _inequalities(published: Published, *, knows_all_places: bool) -> Iterator[dict[Cell, float]]:
    """Sums of cells that are never greater than nought."""
    areas = {area for _, area in (*published.told, *published.hidden)}
    for measure in {measure for measure, _ in published.hidden}:
        for whole in areas & set(published.parents.values()):
            parts = {(measure, area): 1.0 for area in areas if published.parents.get(area) == whole}
            yield {**parts, (measure, whole): -1.0}
            if knows_all_places:
                yield {**dict.fromkeys(parts, -1.0), (measure, whole): 1.0}
    for part, whole in published.capacities:
        yield from ({(part, area): 1.0, (whole, area): -1.0} for area in areas)


def _extremes(number: int, size: int, rows: list[np.ndarray], limits: list[float]) -> tuple[float, float]:
    aim = np.zeros(size)
    aim[number] = 1.0
    matrix = {"A_ub": np.array(rows), "b_ub": np.array(limits)} if rows else {}
    least, greatest = (linprog(sign * aim, bounds=(0, None), method="highs", **matrix) for sign in (1, -1))
    assert least.status == 0, least.message
    return float(least.fun), float("inf") if greatest.status == 3 else -float(greatest.fun)
