"""Fields with an address: free text, element columns, an estate's name, a building's name, a dwelling's own columns."""

import polars as pl

from ingestion.cleaning.address.elements import plain_element, plain_lanes, plain_road, plain_rooms
from ingestion.cleaning.address.estate_name import read_estate_names
from ingestion.cleaning.address.key import address_key, address_level, estate_gate
from ingestion.cleaning.address.parse import parse_addresses
from ingestion.cleaning.address_spec import (
    ADDRESS_ELEMENTS,
    AddressElementsField,
    AddressField,
    BuildingField,
    EstateField,
    HouseField,
)
from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.fields.text import plain_texts
from ingestion.cleaning.piece import Flags, Piece
from ingestion.cleaning.source_column import source_column

_CODES = {
    "has_phone": "ADDRESS-PHONE-INSIDE",
    "has_several_rooms": "ADDRESS-SEVERAL-ROOMS",
    "is_guessed": "ADDRESS-ROAD-GUESSED",
    "is_unparsed": "ADDRESS-UNPARSED",
}
_SLOTS = ("gate", "block", "unit")


def _prefixed(parsed: pl.DataFrame, prefix: str) -> pl.DataFrame:
    """Gives the address group with its prefix."""
    return parsed.select(pl.col(name).alias(prefix + name) for name in ADDRESS_ELEMENTS)


def _flags(parsed: pl.DataFrame) -> Flags:
    """Turns the findings of the parser into flags."""
    return {code: parsed[column] for column, code in _CODES.items()}


def clean_address(field: AddressField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads the address group from one text."""
    estate = read_estate_names(source_column(raw, field.estate))["key"] if field.estate else None
    parsed = parse_addresses(source_column(raw, field.source), estate)
    return Piece(_prefixed(parsed, field.prefix), _flags(parsed))


def clean_address_elements(field: AddressElementsField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads the address group from element columns, or from the full text where they hold no road, estate or number."""
    parsed = parse_addresses(source_column(raw, field.text))
    own = _own_elements(field, raw)
    has_anchor = pl.any_horizontal(pl.col("road", "estate").is_not_null())
    has_number = pl.any_horizontal(pl.col("gate", "block", "lane", "room").is_not_null())
    told = own.select(told=has_anchor & has_number)["told"]
    chosen = pl.DataFrame({name: own[name].zip_with(told, parsed[name]) for name in ADDRESS_ELEMENTS if name != "text"})
    keyed = pl.concat([chosen, parsed.select("text")], how="horizontal")
    return Piece(_prefixed(keyed, field.prefix), {"ADDRESS-ELEMENTS-MISSING": ~told & parsed["text"].is_not_null()})


def _own_elements(field: AddressElementsField, raw: pl.DataFrame) -> pl.DataFrame:
    """Reads the element columns; the keys are made as for a text.

    A gate beside a block, with a road and without a lane, is the number of the plot on that road.
    """
    slots = pl.DataFrame({slot: plain_element(source_column(raw, getattr(field, slot))) for slot in _SLOTS})
    rooms = plain_rooms(source_column(raw, field.room))
    anchors = pl.DataFrame(
        {
            "road": plain_road(source_column(raw, field.road)),
            "estate": read_estate_names(source_column(raw, field.estate))["key"],
        }
    )
    lanes = plain_lanes(source_column(raw, field.lane))
    frame = pl.concat([anchors, lanes, slots, rooms.rename({"unit": "room_unit"})], how="horizontal")
    is_plot = pl.col("lane").is_null() & pl.col("road").is_not_null()
    return frame.with_columns(unit=pl.coalesce("unit", "room_unit")).with_columns(
        road_key=address_key("road"), estate_key=address_key("estate", estate_gate(is_plot)), level=address_level()
    )


def clean_estate(field: EstateField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one column of estate names."""
    names = read_estate_names(source_column(raw, field.source))
    return Piece(names.select(pl.col("name").alias(field.to), pl.col("key").alias(f"{field.to}_key")))


def clean_building(field: BuildingField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads one column of building names: 12号 is a gate; 3幢, 5栋, 3号楼, A座 are blocks; a bare number counts as a block."""
    text = source_column(raw, field.source)
    parsed = parse_addresses(text)
    columns = pl.DataFrame([plain_texts(text).alias(field.to), parsed["gate"], parsed["block"]])
    return Piece(columns, {"BUILDING-UNNAMED": parsed["gate"].is_null() & parsed["block"].is_null()})


def clean_house(field: HouseField, raw: pl.DataFrame, context: CleaningContext) -> Piece:  # noqa: ARG001 - one signature for all kinds
    """Reads unit, room and part of a dwelling from its own columns, else from its address."""
    text = source_column(raw, field.room)
    parsed, rooms = parse_addresses(source_column(raw, field.address)), plain_rooms(text)
    has_room = rooms["room"].is_not_null() | rooms["part"].is_not_null()
    units = pl.DataFrame({"own": plain_element(source_column(raw, field.unit)), "room": rooms["unit"], "address": parsed["unit"]})
    own = pl.DataFrame(
        {
            "unit": units.select(pl.coalesce(pl.all())).to_series(),
            "room": rooms["room"].zip_with(has_room, parsed["room"]),
            "part": rooms["part"].zip_with(has_room, parsed["part"]),
            "room_text": plain_texts(text),
        }
    )
    columns = pl.concat([own, _prefixed(parsed, "address_")], how="horizontal")
    return Piece(columns, _flags(parsed))
