"""The verdict on a document number: canonical form, kind, status, birth date and sex that it tells. Not here: names, phones."""

from datetime import date

import polars as pl

from ingestion.cleaning.document.check_character import check_character, passes_check
from ingestion.cleaning.document.form import (
    EIGHTEEN,
    FIFTEEN,
    MASKED,
    SCIENTIFIC,
    SUFFIXED,
    bare,
    kind_of_form,
    visible_eighteen,
    with_mended_x,
)
from ingestion.cleaning.reference import reference
from ingestion.cleaning.text.tidy import compact, is_nothing

_EIGHTEEN_KINDS = ["citizen", "hmt_residence", "foreign_permanent"]
_LEAST_VISIBLE = 4  # fewer visible characters of a masked number tell nobody apart
_EARLIEST_BIRTH = 1850
_REISSUE = {"hmt_permit": r"^([HM]\d{8}).*$", "taiwan_permit": r"^(\d{8}).*$"}


def read_documents(number: pl.Series, hint: pl.Series, birth: pl.Series, as_of: date) -> pl.DataFrame:
    """Judges document numbers.

    Args:
        number: Numbers as typed.
        hint: The kind that the source names (citizen, passport …), or null.
        birth: The source's own birth dates, for the century of 15-digit numbers only.
        as_of: Business date; later birth dates are in the future.

    Returns:
        `id_kind`, `id_number`, `id_visible`, `id_evidence`, `id_status`, `id_birth_date`, `id_sex_code` as in docs/data-flow.md
        (`id_sex_code` null where the number does not tell), and one Boolean column for each rule code of documents.
    """
    frame = pl.DataFrame({"number": number, "hint": hint, "birth": birth})
    plain = frame.with_columns(compacted=compact(pl.col("number"))).with_columns(
        plain=bare(pl.col("compacted")), is_empty=_is_empty()
    )
    mended = plain.with_columns(plain=with_mended_x(plain["plain"]))
    formed = mended.lazy().with_columns(
        form=kind_of_form(pl.col("plain"), pl.col("hint")), century=_century(), is_placeholder=_is_placeholder()
    )
    full = formed.with_columns(full=_full()).with_columns(
        is_checked=passes_check(pl.col("full")), born=pl.col("full").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    )
    judged = full.with_columns(visible=_visible()).with_columns(status=_status(as_of))
    return judged.select(*_results(), *_findings(as_of)).collect(engine="streaming")


def _is_empty() -> pl.Expr:
    """Tells whether nothing was typed; 无 is an answer here (a placeholder)."""
    return is_nothing(pl.col("compacted"), has_answers=False)


def _is_placeholder() -> pl.Expr:
    """Tells whether a text stands in a number's place, or is another person's number with ``-1`` behind."""
    expression = "^(?:" + "|".join(reference("documents")["placeholders"]) + ")$"
    return pl.col("plain").str.contains(expression) | pl.col("plain").str.contains(SUFFIXED)


def _century() -> pl.Expr:
    """Gives the century of a 15-digit number: 19, or what the source says where the sequence number was kept for centenarians."""
    is_centenarian = pl.col("plain").str.slice(12, 3).is_in(reference("documents")["centenarian_sequences"])
    told = pl.col("birth").dt.year() // 100
    return pl.when(~is_centenarian).then(19).otherwise(told).cast(pl.String)


def _full() -> pl.Expr:
    """Gives the 18-character form: as it stands, or upgraded from 15 digits; null for other forms or an untold century."""
    plain = pl.col("plain")
    body = pl.concat_str(plain.str.slice(0, 6), pl.col("century"), plain.str.slice(6))
    upgraded = pl.when(plain.str.contains(FIFTEEN)).then(pl.concat_str(body, check_character(body)))
    return pl.when(plain.str.contains(EIGHTEEN)).then(plain).otherwise(upgraded)


def _visible() -> pl.Expr:
    """Gives the masked form where one is meant; null where too little is visible."""
    visible = visible_eighteen(pl.col("plain"))
    is_meant = pl.col("full").is_null() & (visible.str.count_matches(r"[\dX]") >= _LEAST_VISIBLE)
    return pl.when(is_meant).then(visible)


def _is_born(as_of: date) -> pl.Expr:
    """Tells whether the birth date of the number is one that a person can have."""
    is_past = (pl.col("born") <= as_of) & (pl.col("born").dt.year() >= _EARLIEST_BIRTH)
    return is_past.fill_null(value=False)


def _status(as_of: date) -> pl.Expr:
    """Gives `id_status`, the first that applies."""
    plain, full = pl.col("plain"), pl.col("full")
    is_masked = pl.col("visible").is_not_null() | (plain.str.contains(MASKED) & full.is_null())
    is_thousands = full.str.ends_with("000") & ~pl.col("is_checked")
    other_form = pl.col("form").is_not_null() & ~plain.str.contains(FIFTEEN) & full.is_null()
    steps = (
        (pl.col("is_empty"), "empty"),
        (pl.col("is_placeholder"), "placeholder"),
        (plain.str.contains(SCIENTIFIC) | is_thousands, "damaged"),
        (full.is_not_null() & ~pl.col("is_checked"), "check_failed"),
        (full.is_not_null() & ~_is_born(as_of), "malformed"),
        (plain.str.contains(FIFTEEN) & full.is_not_null(), "upgraded"),
        (full.is_not_null() | other_form, "valid"),
        (is_masked, "masked"),
    )
    status = pl.lit("malformed")
    for applies, name in reversed(steps):
        status = pl.when(applies.fill_null(value=False)).then(pl.lit(name)).otherwise(status)
    return status


def _kind() -> pl.Expr:
    """Gives `id_kind`: by the form, else by the source's word, else citizen for what looks like one."""
    visible = pl.col("visible")
    shown = (
        pl.when(visible.str.contains(r"^8[123]0000"))
        .then(pl.lit("hmt_residence"))
        .when(visible.str.starts_with("9"))
        .then(pl.lit("foreign_permanent"))
        .when(visible.is_not_null())
        .then(pl.lit("citizen"))
    )
    hint = pl.when(pl.col("hint") != "none").then("hint")
    told = pl.coalesce(
        "form", shown, hint, pl.when(pl.col("plain").str.contains(SCIENTIFIC)).then(pl.lit("citizen")), pl.lit("other")
    )
    return pl.when(pl.col("status").is_in(["empty", "placeholder"])).then(pl.lit("none")).otherwise(told)


def _canonical() -> pl.Expr:
    """Gives `id_number`: without the digits that only count re-issues."""
    number = pl.coalesce("full", "plain")
    for kind, person_part in _REISSUE.items():
        number = pl.when(pl.col("form") == kind).then(pl.col("plain").str.replace(person_part, "$1")).otherwise(number)
    return pl.when(pl.col("status").is_in(["valid", "upgraded"])).then(number)


def _results() -> list[pl.Expr]:
    """Gives the columns of the person group that come from the number."""
    status = pl.col("status")
    is_sure = status.is_in(["valid", "upgraded"]) & pl.col("full").is_not_null()
    is_born = is_sure | ((status == "damaged") & pl.col("full").is_not_null())
    shown = pl.when(status == "masked").then("visible")
    body = pl.when(is_sure).then("full").otherwise(shown)
    born = pl.coalesce(pl.when(is_born).then("born"), shown.str.slice(6, 8).str.to_date("%Y%m%d", strict=False))
    sign = body.str.slice(16, 1)
    sex = pl.when(sign.is_in(list("13579"))).then(pl.lit("1")).when(sign.is_in(list("02468"))).then(pl.lit("2"))
    is_evidence = status.is_in(["check_failed", "damaged", "malformed"]) | pl.col("plain").str.contains(SUFFIXED)
    return [
        _kind().alias("id_kind"),
        _canonical().alias("id_number"),
        shown.alias("id_visible"),
        pl.when(is_evidence).then("plain").alias("id_evidence"),
        status.alias("id_status"),
        born.alias("id_birth_date"),
        sex.alias("id_sex_code"),
    ]


def _findings(as_of: date) -> list[pl.Expr]:
    """Gives one Boolean column for each rule of documents."""
    plain, full, status, hint = (pl.col(name) for name in ("plain", "full", "status", "hint"))
    is_full = full.is_not_null() & ~status.is_in(["placeholder", "damaged"])
    is_bad = status == "malformed"
    is_citizen_like = pl.col("form").is_null() & (hint.is_null() | hint.is_in(_EIGHTEEN_KINDS))
    is_numeric = plain.str.contains(r"^\d+X?$")
    age_over = pl.col("born").dt.offset_by(f"{reference('documents')['oldest_age'] + 1}y") <= as_of
    is_typed_otherwise = pl.col("form").is_not_null() & (hint != pl.col("form")) & (hint != "other")
    findings = {
        "ID-PLACEHOLDER": (status == "placeholder") & ~plain.str.contains(SUFFIXED),
        "ID-SUFFIXED": (status == "placeholder") & plain.str.contains(SUFFIXED),
        "ID-DAMAGED": status == "damaged",
        "ID-MASKED": status == "masked",
        "ID-LEGACY": status == "upgraded",
        "ID-LEGACY-CENTURY": is_bad & plain.str.contains(FIFTEEN) & full.is_null(),
        "ID-LENGTH": is_bad & is_citizen_like & is_numeric,
        "ID-CHARACTER": is_bad & is_citizen_like & ~is_numeric,
        "ID-FORM": is_bad & pl.col("form").is_null() & ~is_citizen_like,
        "ID-CHECK-DIGIT": status == "check_failed",
        "ID-DATE-IMPOSSIBLE": is_full & (pl.col("born").is_null() | (pl.col("born").dt.year() < _EARLIEST_BIRTH)),
        "ID-DATE-FUTURE": is_full & (pl.col("born") > as_of),
        "ID-AGE-IMPLAUSIBLE": is_full & _is_born(as_of) & age_over,
        "ID-COUNTY-UNKNOWN": is_full
        & (pl.col("form") == "citizen")
        & ~plain.str.slice(0, 2).is_in(reference("documents")["provinces"]),
        "ID-TYPE-DIFFERS": is_typed_otherwise & ~status.is_in(["placeholder", "check_failed"]),
    }
    return [found.fill_null(value=False).alias(code) for code, found in findings.items()]
