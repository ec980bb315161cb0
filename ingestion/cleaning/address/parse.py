"""From the text of an address to its elements and keys. Not here: element columns (elements), estate names (estate_name)."""

import polars as pl

from ingestion.cleaning.address.anchor import (
    estate_lane,
    estates,
    front_estate,
    guessed_road,
    judged_estate,
    lanes,
    roads,
    shop_road,
    short_lanes,
    single_road,
)
from ingestion.cleaning.address.area import has_area, without_area
from ingestion.cleaning.address.inside import certain_room, settled, short_inside, split_inside, without_zeros
from ingestion.cleaning.address.key import address_key, address_level, estate_gate
from ingestion.cleaning.address.numerals import with_plain_numerals
from ingestion.cleaning.address.signs import protect_words, restore
from ingestion.cleaning.address.tidy import body, has_phone, has_several_rooms, is_knotty, noted_estate, plain_body, tidy
from ingestion.cleaning.address_spec import ADDRESS_ELEMENTS
from ingestion.cleaning.text.tidy import is_nothing

_NUMBERED = ("lane", "sublane", "gate", "block", "unit", "room", "part")
_ROAD_STEPS = (guessed_road, shop_road, roads, single_road, front_estate, short_lanes, lanes)
_INSIDE_STEPS = (estates, judged_estate, estate_lane, short_inside, split_inside, certain_room, settled)
_FLAGS = ("has_phone", "has_several_rooms", "is_guessed", "is_unparsed")


def parse_addresses(text: pl.Series, estate: pl.Series | None = None) -> pl.DataFrame:
    """Parses addresses; each different text once.

    Args:
        text: Addresses as typed.
        estate: Canonical estate names that stand where a text has none.

    Returns:
        The columns of ``ADDRESS_ELEMENTS`` without prefix, and Booleans `has_phone`, `has_several_rooms`, `is_guessed` (the
        road's 路 was missing), `is_unparsed` (there is text, but nothing in it to hang on).
    """
    given = estate if estate is not None else pl.Series([None] * text.len(), dtype=pl.String)
    rows = pl.DataFrame({"raw": text, "given": given})
    distinct = rows.unique(maintain_order=False)
    parsed = _parse(_prepared(distinct)).collect(engine="streaming")
    return rows.join(parsed, on=["raw", "given"], how="left", nulls_equal=True, maintain_order="left").drop("raw", "given")


def _prepared(rows: pl.DataFrame) -> pl.LazyFrame:
    """Tidies the texts and brings their numerals to one form."""
    is_something = ~is_nothing(pl.col("text").str.replace_all(" ", ""))
    tidied = rows.lazy().with_columns(text=tidy(pl.col("raw"))).with_columns(text=pl.when(is_something).then("text"))
    texts = tidied.collect(engine="streaming").lazy()
    bodies = (
        _where(texts, is_knotty(pl.col("text")), body=(body(pl.col("text")), plain_body(pl.col("text"))))
        .with_columns(
            noted=noted_estate(pl.col("text")),
            has_phone=has_phone(pl.col("text")).fill_null(value=False),
            has_several_rooms=has_several_rooms(pl.col("text")).fill_null(value=False),
        )
        .collect(engine="streaming")
    )
    return bodies.with_columns(with_plain_numerals(bodies["body"]), with_plain_numerals(bodies["noted"])).lazy()


def _parse(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Takes the elements out of the prepared texts, step by step."""
    protected = frame.with_columns(body=protect_words(pl.col("body")))
    placed = _where(protected, has_area(pl.col("body")), body=(without_area(pl.col("body")), pl.col("body")))
    labelled = pl.col("body").str.replace_all(r"第([\d\x{E000}-\x{E009}])", "$1")
    labelled = labelled.str.replace_all(r"([\dA-Z甲乙丙丁])号楼", "${1}\ue020")
    labelled = labelled.str.replace_all(r"(?:负|地下|B)(\d)(?:层|楼|F)", "\ue021${1}层")
    steps = placed.with_columns(body=labelled)
    for step in (*_ROAD_STEPS, *_INSIDE_STEPS):
        steps = steps.with_columns(**step())
    bare = steps.with_columns(*(without_zeros(name) for name in _NUMBERED)).with_columns(
        part=restore(pl.col("part")),
        sublane=pl.when(pl.col("sublane").ne_missing(pl.col("lane")) | pl.col("body").str.contains("支弄")).then("sublane"),
        road=restore(pl.col("road")),
        estate=pl.coalesce(restore(pl.col("estate")), restore(pl.col("noted")), "given"),
    )
    is_plot = pl.col("plot").is_not_null() & pl.col("lane").is_null()
    return bare.with_columns(
        road_key=address_key("road"), estate_key=address_key("estate", estate_gate(is_plot)), level=address_level()
    ).select("raw", "given", *ADDRESS_ELEMENTS, *_flags())


def _where(frame: pl.LazyFrame, condition: pl.Expr, **columns: tuple[pl.Expr, pl.Expr]) -> pl.LazyFrame:
    """Gives columns by one expression where a condition holds, by another elsewhere; neither is worked out for all rows."""
    asked = frame.with_columns(_asked=condition.fill_null(value=False))
    yes = asked.filter("_asked").with_columns(**{name: pair[0] for name, pair in columns.items()})
    no = asked.filter(~pl.col("_asked")).with_columns(**{name: pair[1] for name, pair in columns.items()})
    return pl.concat([yes, no]).drop("_asked")


def _flags() -> list[pl.Expr]:
    """Gives the flag columns."""
    is_unparsed = pl.col("text").is_not_null() & pl.col("road").is_null() & pl.col("estate").is_null()
    return [is_unparsed.alias(name) if name == "is_unparsed" else pl.col(name) for name in _FLAGS]
