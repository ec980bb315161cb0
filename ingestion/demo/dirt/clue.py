"""What a kind of dirt may know besides the cell that it soils."""

from dataclasses import dataclass

from ingestion.demo.style import Style
from ingestion.demo.world.elements import Elements


@dataclass(frozen=True, slots=True)
class Clue:
    """The truth around one cell; empty where there is none.

    Args:
        style: the city's look.
        elements: the address meant, where the cell is one.
        former_name: the person's former name.
        mothers_number: the mother's or guardian's document number.
    """

    style: Style
    elements: Elements | None = None
    former_name: str = ""
    mothers_number: str = ""
