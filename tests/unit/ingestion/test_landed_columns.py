"""What is said of the columns a landed column is made of is what cleaning does: no other column can change it."""

from datetime import date, datetime
from itertools import product

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.fields.person import clean_person
from ingestion.cleaning.landed_columns import landed_columns
from ingestion.cleaning.person_spec import PERSON_COLUMNS, PersonField
from ingestion.contracts.loader import load_contracts
from ingestion.landing.columns import parts_of

NOW = CleaningContext(key=b"k", as_of=date(2026, 11, 20), received_at=datetime(2026, 11, 20))  # noqa: DTZ001 - UTC without a zone
PERSON = PersonField(
    kind="person", name="n", number="d", number_kind="k", number_codes="zjzl", sex="s", birth_date="b", phone="p"
)
# One that is right, one that is damaged, one that is nothing, of each part.
CELLS = {
    "n": ["王小明", "远山物业管理有限公司", ""],
    "d": ["11010519491231002X", "110105491231997", "319999********1234", "E1234567", ""],
    "k": ["111", "414", ""],
    "s": ["1", "2", ""],
    "b": ["19491231", "18991231", ""],
    "p": ["15412345678", "0999-1234567", ""],
}


def test_a_column_of_a_person_changes_only_with_the_columns_it_is_said_to_be_made_of() -> None:
    rows = [dict(zip(CELLS, cells, strict=True)) for cells in product(*CELLS.values())]
    raw = pl.DataFrame(rows).with_row_index("_line")
    cleaned = pl.concat([raw, clean_person(PERSON, raw, NOW).columns], how="horizontal")
    made, tested = PERSON.made_of(), PERSON.tested()
    for output, columns in made.items():
        allowed = sorted(columns | tested.get(output, frozenset()))
        told = cleaned.group_by(allowed).agg(pl.col(output).n_unique())[output]
        assert told.max() == 1, output
        for column in columns:  # and none is named for nothing
            others = [name for name in CELLS if name != column]
            assert cleaned.group_by(others).agg(pl.col(output).n_unique())[output].max() != 1, (output, column)


def test_a_landed_column_without_a_column_of_the_source_is_one_that_the_feed_has_not() -> None:
    """Parts of a person that a list does not tell, the place in a list, the number of a row in a workbook."""
    for contract in load_contracts().values():
        for feed in (feed for entity in contract.entities for feed in parts_of(entity).values()):
            empty = {name for name, found in landed_columns(contract, feed).items() if not found.of}
            assert empty <= {*PERSON_COLUMNS, "position"} or (feed, empty) == ("verdict", {"source_key"}), (feed, empty)
