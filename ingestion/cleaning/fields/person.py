"""The person group: name, document number, birth date, sex, telephone numbers of whom a row is about."""

import polars as pl

from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.document.verdict import read_documents
from ingestion.cleaning.fields.document import document_flags
from ingestion.cleaning.fields.name import name_flags
from ingestion.cleaning.fields.phone import phone_flags
from ingestion.cleaning.moment.day import day_flags, read_days
from ingestion.cleaning.name.personal import read_names
from ingestion.cleaning.person_spec import PERSON_COLUMNS, PersonField
from ingestion.cleaning.phone.numbers import read_phones
from ingestion.cleaning.piece import Flags, Piece
from ingestion.cleaning.reference import code_list
from ingestion.cleaning.source_column import source_column
from ingestion.cleaning.text.tidy import compact, is_nothing


def clean_person(field: PersonField, raw: pl.DataFrame, context: CleaningContext) -> Piece:
    """Reads the person group and compares what the number tells with the source's own columns."""
    names = read_names(source_column(raw, field.name))
    phones = read_phones(source_column(raw, field.phone))
    days = read_days(source_column(raw, field.birth_date), context.as_of)
    documents = read_documents(_number(field, raw), _hint(field, raw), _own_birth(days, context), context.as_of)
    own = pl.DataFrame({"own_birth": _own_birth(days, context), "own_sex": _own_sex(field, raw)})
    person = pl.concat([names, phones.drop("finding"), documents, own], how="horizontal").with_columns(
        birth_date=pl.coalesce("own_birth", "id_birth_date"),
        sex_code=pl.coalesce(_known_sex(), "id_sex_code", pl.lit("0")),
    )
    columns = _without_organisations(person).select(PERSON_COLUMNS)
    is_person = ~names["is_organisation"]
    about_number = {**_number_flags(field, raw, documents), **_differences(person)}
    flags = {
        **name_flags(names),
        **phone_flags(phones["finding"]),
        **{code: is_person & about_number[code] for code in about_number},
    }
    return Piece(columns, {**flags, **_birth_flags(days, context), "CODE-UNKNOWN": _has_unknown_code(field, raw)})


def _number_flags(field: PersonField, raw: pl.DataFrame, documents: pl.DataFrame) -> Flags:
    """Names what is wrong with the number, as far as the feed has agreed to more."""
    flags = dict(document_flags(documents))
    if field.is_masking_agreed:
        del flags["ID-MASKED"]
    if field.is_number_expected:
        flags["ID-MISSING"] = (documents["id_status"] == "empty") & (_hint(field, raw).fill_null("") != "none")
    return flags


def _has_unknown_code(field: PersonField, raw: pl.DataFrame) -> pl.Series:
    """Tells where sex or kind of document is said in a way that no list knows."""
    lists = ((field.sex, "sex"), (field.number_kind, field.number_codes))
    unknown = pl.Series([False]).new_from_index(0, raw.height)
    for column, codes in lists:
        if column is not None and codes is not None:
            plain = pl.DataFrame({"text": source_column(raw, column)}).select(compact(pl.col("text")).alias("text"))
            known = pl.col("text").is_in(list(code_list(codes)))
            unknown = unknown | plain.select(~is_nothing(pl.col("text"), has_answers=False) & ~known)["text"]
    return unknown


def _number(field: PersonField, raw: pl.DataFrame) -> pl.Series:
    """Gives the document numbers; of a certificate's number only the citizen number in front."""
    number = source_column(raw, field.number)
    if field.number_length is None:
        return number
    front = compact(pl.col("number")).str.slice(0, field.number_length)
    return pl.DataFrame({"number": number}).select(front)["number"]


def _hint(field: PersonField, raw: pl.DataFrame) -> pl.Series:
    """Gives the kind of document that the source names; null where it names none that is known."""
    text = source_column(raw, field.number_kind)
    if field.number_codes is None:
        return text.clear(raw.height)
    plain = pl.DataFrame({"text": text}).select(compact(pl.col("text")))["text"]
    return plain.replace_strict(code_list(field.number_codes), default=None, return_dtype=pl.String)


def _own_birth(days: pl.DataFrame, context: CleaningContext) -> pl.Series:
    """Gives the source's birth dates: whole days that are not in the future."""
    is_whole = pl.col("finding").is_null() & (pl.col("day") <= context.as_of)
    return days.select(pl.when(is_whole).then("day").alias("day"))["day"]


def _own_sex(field: PersonField, raw: pl.DataFrame) -> pl.Series:
    """Gives the source's sex codes (GB/T 2261.1), null where it has none or an unknown one."""
    plain = pl.DataFrame({"sex": source_column(raw, field.sex)}).select(compact(pl.col("sex")))["sex"]
    return plain.replace_strict(code_list("sex"), default=None, return_dtype=pl.String)


def _known_sex() -> pl.Expr:
    """Gives the source's sex where it is male or female."""
    return pl.when(pl.col("own_sex").is_in(["1", "2"])).then("own_sex")


def _without_organisations(person: pl.DataFrame) -> pl.DataFrame:
    """Leaves an organisation without anything that could make it a person: no number, no birth date, no sex."""
    is_organisation = pl.col("is_organisation")
    emptied = ("id_number", "id_visible", "birth_date", "id_birth_date", "id_sex_code")
    is_filled = pl.col("id_status").is_in(["valid", "upgraded", "masked"])
    return person.with_columns(
        *(pl.when(~is_organisation).then(name).alias(name) for name in emptied),
        id_kind=pl.when(is_organisation).then(pl.lit("other")).otherwise("id_kind"),
        sex_code=pl.when(is_organisation).then(pl.lit("0")).otherwise("sex_code"),
        id_evidence=pl.when(is_organisation & is_filled).then(pl.coalesce("id_number", "id_visible")).otherwise("id_evidence"),
        id_status=pl.when(is_organisation & is_filled).then(pl.lit("malformed")).otherwise("id_status"),
    )


def _differences(person: pl.DataFrame) -> Flags:
    """Compares sex and birth date of the number with the source's own."""
    sex, birth = pl.col("id_sex_code") != _known_sex(), pl.col("id_birth_date") != pl.col("own_birth")
    found = person.select(sex.alias("sex"), birth.alias("birth"))
    return {"ID-SEX-DIFFERS": found["sex"], "ID-BIRTH-DIFFERS": found["birth"]}


def _birth_flags(days: pl.DataFrame, context: CleaningContext) -> Flags:
    """Names what is wrong with the source's birth dates."""
    finding = days["finding"].replace("DATE-OPEN-END", "DATE-PLACEHOLDER")
    return day_flags(finding) | {"DATE-FUTURE": days["day"] > context.as_of}
