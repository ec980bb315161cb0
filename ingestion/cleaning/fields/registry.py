"""Which function cleans which kind of field. A new kind is one class in field_spec, one function, one line here."""

from collections.abc import Callable
from typing import Any

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.field_spec import FieldSpec
from ingestion.cleaning.fields.address import clean_address, clean_address_elements, clean_building, clean_estate, clean_house
from ingestion.cleaning.fields.boolean import clean_boolean
from ingestion.cleaning.fields.certificate import clean_certificate
from ingestion.cleaning.fields.code import clean_code, clean_codes
from ingestion.cleaning.fields.date import clean_date
from ingestion.cleaning.fields.document import clean_document
from ingestion.cleaning.fields.name import clean_name
from ingestion.cleaning.fields.number import clean_number
from ingestion.cleaning.fields.person import clean_person
from ingestion.cleaning.fields.phone import clean_phone
from ingestion.cleaning.fields.text import clean_text
from ingestion.cleaning.fields.timestamp import clean_clock, clean_timestamp
from ingestion.cleaning.piece import Piece

_CLEANERS: dict[str, Callable[[Any, pl.DataFrame, CleaningContext], Piece]] = {
    "text": clean_text,
    "code": clean_code,
    "codes": clean_codes,
    "date": clean_date,
    "timestamp": clean_timestamp,
    "clock": clean_clock,
    "number": clean_number,
    "boolean": clean_boolean,
    "name": clean_name,
    "phone": clean_phone,
    "document": clean_document,
    "person": clean_person,
    "certificate": clean_certificate,
    "estate": clean_estate,
    "building": clean_building,
    "address": clean_address,
    "address_elements": clean_address_elements,
    "house": clean_house,
}


def clean_field(field: FieldSpec, raw: pl.DataFrame, context: CleaningContext) -> Piece:
    """Cleans one field of a schema: its output columns, and the rows that each rule found."""
    return _CLEANERS[field.kind](field, raw, context)
