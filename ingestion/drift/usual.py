"""What is usual: a range from earlier figures that a single strange one among them does not move.

Not here: which figures there are (look), or what is done with one beyond (judge, pulling).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

NORMAL = 1.4826  # times the median deviation from the median is the standard deviation, where figures are spread normally


@dataclass(frozen=True)
class Usual:
    """The range of a figure, and from how many earlier ones it was derived."""

    least: float
    most: float
    count: int


def usual(figures: Sequence[float], floor: float, deviations: float) -> Usual:
    """Median and so many robust deviations to both sides, but never less than `floor`; `figures` must not be empty."""
    centre = median(figures)
    spread = NORMAL * median(abs(figure - centre) for figure in figures)
    half = max(floor, deviations * spread)
    return Usual(centre - half, centre + half, len(figures))
