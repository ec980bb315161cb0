"""Kinds of field that tell of a place. Not here: how they are cleaned (fields/)."""

from typing import Literal

from ingestion.cleaning.spec import TEXT, Outputs, Spec

ADDRESS_ELEMENTS = (
    "text",
    "road",
    "lane",
    "sublane",
    "gate",
    "block",
    "unit",
    "room",
    "part",
    "estate",
    "road_key",
    "estate_key",
    "level",
)


class EstateField(Spec):
    """The name of an estate: as it stands, and its canonical form (`<to>_key`)."""

    kind: Literal["estate"]
    source: str
    to: str = "estate_name"

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT, f"{self.to}_key": TEXT}


class BuildingField(Spec):
    """A building's name, told apart into gate (号) and block (幢, 栋, 座, 号楼)."""

    kind: Literal["building"]
    source: str
    to: str = "building_name"

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT, "gate": TEXT, "block": TEXT}


class AddressField(Spec):
    """The address group of data-flow from one text.

    Attributes:
        source: Column of the text.
        prefix: Prefix of the output columns, with its underscore.
        estate: Column of an estate name that stands where the text has none.
    """

    kind: Literal["address"]
    source: str
    prefix: str = "address_"
    estate: str | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {f"{self.prefix}{element}": TEXT for element in ADDRESS_ELEMENTS}


class AddressElementsField(Spec):
    """The address group of data-flow from element columns; where they are all empty, from the full text."""

    kind: Literal["address_elements"]
    text: str
    road: str
    lane: str
    gate: str
    block: str
    unit: str
    room: str
    estate: str
    prefix: str = "address_"

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {f"{self.prefix}{element}": TEXT for element in ADDRESS_ELEMENTS}


class HouseField(Spec):
    """Unit, room and part of a dwelling from its own columns, else from the address, with the address group."""

    kind: Literal["house"]
    unit: str
    room: str
    address: str

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        own: Outputs = dict.fromkeys(("unit", "room", "part", "room_text"), TEXT)
        return own | {f"address_{element}": TEXT for element in ADDRESS_ELEMENTS}
