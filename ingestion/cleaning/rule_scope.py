"""Which rules of cleaning look at which columns of which feed, so that a rule that found nothing is told from one that never ran.

Asked of the cleaners themselves: each is shown a frame without rows and names the rules that it would flag.
Not here: what the rules mean (rules.yaml), or how often they were broken (dbt_project/models/marts/quality).
"""

from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime
from typing import Any

import polars as pl
from pydantic import BaseModel

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.entity import head_pieces
from ingestion.cleaning.fields.registry import clean_field
from ingestion.cleaning.person_spec import PersonField
from ingestion.cleaning.schema import CleaningSchema, load_schema
from ingestion.cleaning.spec import texts_in
from ingestion.contracts.model import SourceContract

SCOPE: dict[str, pl.DataType] = {"dataset": pl.String(), "column_name": pl.String(), "rule": pl.String()}
# What the rules about a person look at, by the word with which their codes begin; and what the claims call it.
PERSON_PARTS = {
    "NAME": ("name",),
    "OWNER": ("name",),
    "PHONE": ("phone",),
    "ID": ("number",),
    "ID-TYPE-DIFFERS": ("number", "number_kind"),
    "ID-SEX-DIFFERS": ("number", "sex"),
    "ID-BIRTH-DIFFERS": ("number", "birth_date"),
    "DATE": ("birth_date",),
    "CODE": ("number_kind",),
}
PERSON_OUTPUTS = {"name": "name", "id_number": "number", "birth_date": "birth_date", "sex_code": "sex", "mobile": "phone"}
_NOBODY = CleaningContext(key=b"\0", as_of=date(2000, 1, 1), received_at=datetime(2000, 1, 1))  # noqa: DTZ001 - no rows, no clock


def rule_scope(contracts: Iterable[SourceContract]) -> pl.DataFrame:
    """One row a feed, source column and rule that looks at it, in the order of the contracts.

    Columns at which no rule looks stand there once, with a null rule. Members of a list are a feed of their own,
    `source.entity.child`.
    """
    rows = [row for contract in contracts for row in _of_contract(contract)]
    return pl.DataFrame(rows, schema=SCOPE, orient="row").unique(maintain_order=True)


def _feeds(contract: SourceContract) -> dict[str, list[str]]:
    """Every feed of a source with its columns; the members of a list are a feed of their own."""
    feeds = {entity.name: entity.fields for entity in contract.entities}
    return feeds | {f"{entity.name}.{child.name}": child.fields for entity in contract.entities for child in entity.children}


def _of_contract(contract: SourceContract) -> Iterator[tuple[str, str, str | None]]:
    for feed, columns in _feeds(contract).items():
        yield from _of_feed(load_schema(contract.source, feed), columns)


def _of_feed(schema: CleaningSchema, columns: list[str]) -> Iterator[tuple[str, str, str | None]]:
    dataset, looked_at = f"{schema.source}.{schema.entity}", set[str]()
    for named, rules in _looks(schema):
        for column in (column for column in columns if column in named):
            looked_at |= {column} if rules else set()
            yield from ((dataset, column, rule) for rule in rules)
    yield from ((dataset, column, None) for column in columns if column not in looked_at)


def _looks(schema: CleaningSchema) -> Iterator[tuple[Set[str], list[str]]]:
    """Every part of a schema: the source columns that it names, and the rules that it may flag."""
    raw = pl.DataFrame(schema={"_line": pl.Int64()})
    parts: list[Any] = [schema.key, schema.updated_at, schema.withdrawn]
    for part, piece in zip(parts, head_pieces(schema, raw, _NOBODY), strict=True):
        yield _named(part), list(piece.flags)
    made_of: dict[str, Set[str]] = {}
    for field in schema.fields:
        rules = list(clean_field(field, raw, _NOBODY).flags)
        if isinstance(field, PersonField):
            made_of |= {output: {getattr(field, part) or ""} for output, part in PERSON_OUTPUTS.items()}
            yield from _of_person(field, rules)
        else:
            made_of |= dict.fromkeys(field.outputs(), _named(field))
            yield _named(field), rules
    for claim in schema.claims:
        yield {column for output in claim.columns for column in made_of.get(output, set())}, [claim.rule]


def _of_person(field: PersonField, rules: list[str]) -> Iterator[tuple[Set[str], list[str]]]:
    """Each column of a person with the rules that are about it; a rule about a column that the feed has not is no rule of it."""
    for word, parts in PERSON_PARTS.items():
        named = [str(getattr(field, part) or "") for part in parts]
        if all(named):
            yield set(named), [rule for rule in rules if rule.startswith(word) and _word(rule) == word]


def _word(rule: str) -> str:
    """The longest word of PERSON_PARTS with which a rule's code begins."""
    return max((word for word in PERSON_PARTS if rule.startswith(word)), key=len)


def _named(part: BaseModel | str | None) -> frozenset[str]:
    """Every text that a part of a schema holds; those that are columns of the feed are the ones it reads."""
    if part is None or isinstance(part, str):
        return frozenset({part} if part else ())
    return texts_in(part)
