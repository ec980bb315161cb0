"""Person records in the form that linking needs: typed, coded, with what each says about a person.

Not here: whose number it is (identity/evidence/ownership.py), pairs (identity/link).
"""

import polars as pl

from identity.evidence.coded import RID, as_text, coded
from identity.evidence.household import with_household_dwelling
from identity.evidence.names import with_name_forms
from identity.evidence.numbers import LENGTH, embedded_birth, embedded_sex, slot_of
from identity.evidence.unconfirmed import read_damaged
from identity.rules.rule_book import Filing, RuleBook

_UNRELIABLE = ("check_failed", "malformed", "placeholder")
_SOURCE = pl.concat_str("source_system", pl.lit("."), "source_entity")
_AS_TOLD = (
    *("id_number", "id_status", "birth_date", "sex_code", "name_key", "former_name_key"),
    *("mobile", "phones", "dwelling_cluster", "building_cluster", "source_updated_at"),
)


def prepare_records(records: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """One row a record, in the order given. Every text is coded, but for `phones`.

    Adds `rid` (the place in that order), `source` (system.entity), `slot`, `number` (usable and in no dispute so far),
    `number_birth`, `number_sex`, `own_birth`, `own_sex` (what the source itself says), `name_token`, `former_token` (null: names
    nobody), `sound`, `toneless` (the name with every character put for its group), `lost_name` (a name with `?` for lost
    characters), `is_unnamed` (no name was filled in), `filing` (the list of different people that it stands on),
    `household_dwelling`. Leaves out what nobody is linked by.

    Args:
        records: By ref, and each ref once, so that row order can decide nothing.
        book: The rule book.
    """
    number = pl.col("id_number")
    visible, evidence = read_damaged(pl.col("id_visible"), pl.col("id_evidence"))
    slot = slot_of(pl.col("id_kind"), number, book.vetoes.slots)
    embeds = slot.is_in([slot.slot for slot in book.vetoes.slots if slot.embeds]) & (number.str.len_chars() == LENGTH)
    told = records.select(
        *_AS_TOLD,
        rid=pl.int_range(pl.len(), dtype=RID),
        source=_SOURCE,
        slot=slot,
        number=pl.concat_str("id_kind", pl.lit(":"), "id_number"),
        id_visible=visible,
        id_evidence=evidence,
        number_birth=pl.when(embeds).then(embedded_birth(number)),
        number_sex=pl.when(embeds).then(embedded_sex(number)),
        household=pl.concat_str(_SOURCE, pl.lit(":"), "household_no"),
        case=pl.concat_str(_SOURCE, pl.lit(":"), _case(book.vetoes.filings)),
    )
    frame = with_household_dwelling(with_name_forms(coded(told), book.names))
    return frame.with_columns(
        filing=pl.coalesce("case", "household"),
        own_birth=_said_by_source("birth_date", book.vetoes.own_birth),
        own_sex=pl.when(as_text("sex_code").is_in(["1", "2"])).then(_said_by_source("sex_code", book.vetoes.own_sex)),
    )


def _case(filings: tuple[Filing, ...]) -> pl.Expr:
    """The case that lists the record beside other people; null in sources without cases."""
    keys = [
        pl.when(_SOURCE.eq(filing.source)).then(pl.col("source_key")).str.split(filing.ends).list.first() for filing in filings
    ]
    return pl.coalesce(*keys, pl.lit(None, pl.String))


def _said_by_source(column: str, sources: tuple[str, ...]) -> pl.Expr:
    """The column where the source has its own, or where it was read from a number that can be trusted; else null.

    The visible digits of a masked or rounded number can be trusted; those of one that failed its check can not.
    """
    is_own = pl.col("source").is_in(list(sources))
    from_number = pl.col("number").is_not_null() | pl.col("id_status").is_in(list(_UNRELIABLE))
    return pl.when(is_own | ~from_number.fill_null(value=False)).then(pl.col(column))
