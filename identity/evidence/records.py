"""Person records in the form that linking needs: sorted, typed, with what each says about a person.

Not here: whose number it is (identity/evidence/ownership.py), pairs (identity/link).
"""

import polars as pl

from identity.evidence.household import with_household_dwelling
from identity.evidence.names import claimed_name, is_unnamed, lost_name, sound_form, toneless_form, usable_name
from identity.evidence.numbers import LENGTH, embedded_birth, embedded_sex, slot_of
from identity.evidence.unconfirmed import read_damaged
from identity.frames import RECORD, REF, conform
from identity.rules.rule_book import Filing, RuleBook

_UNRELIABLE = ("check_failed", "malformed", "placeholder")


def prepare_records(records: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """One row a record (a repeated ref once), sorted by ref, so that row order can decide nothing.

    Adds `rid` (rank of the ref), `source` (system.entity), `slot`, `number` (usable and in no dispute so far), `number_birth`,
    `number_sex`, `own_birth`, `own_sex` (what the source itself says), `name_token`, `former_token` (null: names nobody),
    `sound`, `toneless` (the name with every character put for its group), `lost_name` (a name with `?` for lost characters),
    `is_unnamed` (no name was filled in), `filing` (the list of different people that it stands on), `household_dwelling`.
    """
    frame = conform(records, RECORD).filter(pl.all_horizontal(pl.col(part).is_not_null() for part in REF))
    # A ref that comes twice (it should not) is decided by its content, so that the outcome does not hang on row order.
    frame = frame.sort([*REF, pl.struct(pl.exclude(*REF, "phones")).hash()]).unique(list(REF), keep="first", maintain_order=True)
    visible, evidence = read_damaged(pl.col("id_visible"), pl.col("id_evidence"))
    frame = frame.with_row_index("rid").with_columns(
        pl.col("rid").cast(pl.Int64),
        pl.col("is_live").fill_null(value=True),
        source=pl.concat_str("source_system", pl.lit("."), "source_entity"),
        slot=slot_of(pl.col("id_kind"), pl.col("id_number"), book.vetoes.slots),
        number=pl.concat_str("id_kind", pl.lit(":"), "id_number"),
        id_visible=visible,
        id_evidence=evidence,
        is_unnamed=is_unnamed(pl.col("name_key"), book.names),
        name_key=claimed_name(pl.col("name_key"), book.names),
        name_token=usable_name(pl.col("name_key"), book.names),
        lost_name=lost_name(pl.col("name_key"), book.names),
        former_token=usable_name(pl.col("former_name_key"), book.names),
    )
    embeds = pl.col("slot").is_in([slot.slot for slot in book.vetoes.slots if slot.embeds]) & (
        pl.col("id_number").str.len_chars() == LENGTH
    )
    frame = frame.with_columns(
        number_birth=pl.when(embeds).then(embedded_birth(pl.col("id_number"))),
        number_sex=pl.when(embeds).then(embedded_sex(pl.col("id_number"))),
    )
    return with_household_dwelling(frame).with_columns(
        filing=_filing(book.vetoes.filings),
        sound=sound_form(pl.col("name_token"), book.names),
        toneless=toneless_form(pl.col("name_token"), book.names),
        own_birth=_said_by_source("birth_date", book.vetoes.own_birth),
        own_sex=pl.when(pl.col("sex_code").is_in(["1", "2"])).then(_said_by_source("sex_code", book.vetoes.own_sex)),
    )


def _filing(filings: tuple[Filing, ...]) -> pl.Expr:
    """The list on which the record stands beside other people: a case, or a household number of its source."""
    cases = [
        pl.when(pl.col("source") == filing.source).then(pl.col("source_key").str.split(filing.ends).list.first())
        for filing in filings
    ]
    return pl.concat_str("source", pl.lit(":"), pl.coalesce(*cases, "household_no"))


def _said_by_source(column: str, sources: tuple[str, ...]) -> pl.Expr:
    """The column where the source has its own, or where it was read from a number that can be trusted; else null.

    The visible digits of a masked or rounded number can be trusted; those of one that failed its check can not.
    """
    is_own = pl.col("source").is_in(list(sources))
    from_number = pl.col("number").is_not_null() | pl.col("id_status").is_in(list(_UNRELIABLE))
    return pl.when(is_own | ~from_number.fill_null(value=False)).then(pl.col(column))
