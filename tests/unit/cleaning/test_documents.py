"""Document numbers against a slow oracle in plain Python, and the numbers whose verdict is known."""

from datetime import date
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingestion.cleaning.document.check_character import check_character
from ingestion.cleaning.document.verdict import read_documents

AS_OF = date(2026, 11, 20)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
COUNTIES = ("319999", "449999", "329999", "810000", "820000", "830000")  # none of them a county that was ever assigned
DIGITS = st.text(alphabet="0123456789", min_size=3, max_size=3)


class Verdict(NamedTuple):
    """What the oracle says of a number of 15 or 18 characters."""

    status: str
    number: str | None
    birth: date | None
    sex: str | None


def checked(body: str) -> str:
    return body + "10X98765432"[sum(int(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True)) % 11]


def born(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def oracle(number: str) -> Verdict:
    full = checked(f"{number[:6]}19{number[6:]}") if len(number) == 15 else number
    birth = born(full[6:14])
    if checked(full[:17]) != full:
        is_damaged = full.endswith("000")
        return Verdict("damaged" if is_damaged else "check_failed", None, birth if is_damaged else None, None)
    if birth is None or birth > AS_OF or birth.year < 1850:
        return Verdict("malformed", None, None, None)
    return Verdict("upgraded" if len(number) == 15 else "valid", full, birth, "1" if int(full[16]) % 2 else "2")


def judge(text: str | None, hint: str | None = "citizen", birth: date | None = None) -> dict[str, object]:
    columns = (
        pl.Series([text], dtype=pl.String),
        pl.Series([hint], dtype=pl.String),
        pl.Series([birth], dtype=pl.Date),
    )
    return read_documents(*columns, AS_OF).row(0, named=True)


def found(read: dict[str, object]) -> set[str]:
    return {name for name, value in read.items() if name.startswith("ID-") and value}


def bodies() -> st.SearchStrategy[str]:
    days = st.dates(date(1905, 1, 1), AS_OF).map(lambda day: f"{day:%Y%m%d}")
    wild = st.text(alphabet="0123456789", min_size=8, max_size=8)
    return st.tuples(st.sampled_from(COUNTIES), st.one_of(days, days, days, wild), DIGITS).map("".join)


DRESSES = (
    str.lower,
    lambda number: f" {number}\t",
    lambda number: "'" + number,
    lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
    lambda number: f"{number[:6]}\u200b{number[6:]}",
    lambda number: "".join(chr(ord(sign) + 0xFEE0) for sign in number),
    lambda number: f"{number[:6]}-{number[6:14]}-{number[14:]}",
    lambda number: f"身份证号：{number}",
)


@settings(max_examples=20, deadline=None)
@given(st.lists(bodies(), min_size=40, max_size=40))
def test_the_check_character_is_that_of_the_slow_sum(several: list[str]) -> None:
    fast = pl.DataFrame({"body": several}).select(check_character(pl.col("body"))).to_series().to_list()
    assert [body + sign for body, sign in zip(several, fast, strict=True)] == [checked(body) for body in several]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(bodies(), st.sampled_from(DRESSES), st.sampled_from(["right", "slip", "old", "zeros"])), min_size=25))
def test_every_number_is_judged_as_the_oracle_judges_it(cases: list[tuple[str, object, str]]) -> None:
    plain = []
    for body, _, manner in cases:
        right = checked(body)
        slip = right[:10] + str((int(right[10]) + 1) % 10) + right[11:]
        plain.append({"right": right, "slip": slip, "old": body[:6] + body[8:], "zeros": body[:15] + "000"}[manner])
    dressed = [dress(number) for number, (_, dress, _) in zip(plain, cases, strict=True)]  # type: ignore[operator]
    none = [None] * len(plain)
    births = pl.Series(none, dtype=pl.Date)
    read = read_documents(pl.Series(dressed), pl.Series(["citizen"] * len(plain)), births, AS_OF).to_dicts()
    for number, row in zip(plain, read, strict=True):
        if set(number) <= {"0"} or (len(number) == 15 and number[12:] in {"996", "997", "998", "999"}):
            continue
        verdict = oracle(number)
        assert (row["id_status"], row["id_number"]) == (verdict.status, verdict.number), number
        assert (row["id_birth_date"], row["id_sex_code"]) == (verdict.birth, verdict.sex), number


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=24))
@example("×")
@example("*" * 18)
def test_no_text_breaks_the_reading_and_only_sound_numbers_are_keys(text: str) -> None:
    row = judge(text, None)
    assert (row["id_number"] is not None) == (row["id_status"] in {"valid", "upgraded"})
    assert row["id_kind"] in {"citizen", "hmt_residence", "hmt_permit", "foreign_permanent", "passport", "other", "none"}


@pytest.mark.parametrize(
    ("number", "kind", "birth", "sex"),
    [
        ("11010519491231002X", "citizen", date(1949, 12, 31), "2"),
        ("440524188001010014", "citizen", date(1880, 1, 1), "1"),
        ("911124198108030024", "foreign_permanent", date(1981, 8, 3), "2"),
        ("932682198501010017", "foreign_permanent", date(1985, 1, 1), "1"),
        ("810000199408230021", "hmt_residence", date(1994, 8, 23), "2"),
        ("830000199201300022", "hmt_residence", date(1992, 1, 30), "2"),
    ],
)
def test_the_printed_specimens_are_valid(number: str, kind: str, birth: date, sex: str) -> None:
    row = judge(number, None)
    assert (row["id_status"], row["id_number"], row["id_kind"]) == ("valid", number, kind)
    assert (row["id_birth_date"], row["id_sex_code"]) == (birth, sex)


def test_the_standards_own_legacy_number_is_upgraded() -> None:
    row = judge("110105491231002")
    assert (row["id_status"], row["id_number"]) == ("upgraded", "11010519491231002X")
    assert found(row) == {"ID-LEGACY"}


@pytest.mark.parametrize("last", ["x", "×", "＊", "*", "Ｘ", "Х"])
def test_what_looks_like_x_is_x_where_the_check_passes(last: str) -> None:
    assert judge(f"11010519491231002{last}")["id_number"] == "11010519491231002X"


def test_a_star_for_another_character_is_no_x() -> None:
    row = judge("31999919900101002*")
    assert (row["id_number"], row["id_status"], row["id_visible"]) == (None, "masked", "31999919900101002*")


@pytest.mark.parametrize(
    ("number", "hint", "kind", "canonical"),
    [
        ("H12345678", "hmt_permit", "hmt_permit", "H12345678"),
        ("h1234567801", "hmt_permit", "hmt_permit", "H12345678"),
        ("M1234567802", "citizen", "hmt_permit", "M12345678"),
        ("12345678", "taiwan_permit", "taiwan_permit", "12345678"),
        ("1234567801", "taiwan_permit", "taiwan_permit", "12345678"),
        ("12345678(B)", "taiwan_permit", "taiwan_permit", "12345678"),
        ("CAN110012345678", "foreign_permanent", "foreign_permanent", "CAN110012345678"),
        ("E12345678", "passport", "passport", "E12345678"),
        ("e 1234 5678", "citizen", "passport", "E12345678"),
        ("H12345678", "passport", "passport", "H12345678"),
        ("AB1234567", "passport", "passport", "AB1234567"),
        ("11010519491231002X", "passport", "citizen", "11010519491231002X"),
        ("810000199408230021", "citizen", "hmt_residence", "810000199408230021"),
    ],
)
def test_other_documents_keep_the_characters_that_tell_the_person(number: str, hint: str, kind: str, canonical: str) -> None:
    row = judge(number, hint)
    assert (row["id_kind"], row["id_number"], row["id_status"]) == (kind, canonical, "valid")
    assert ("ID-TYPE-DIFFERS" in found(row)) == (hint != kind)


@pytest.mark.parametrize(
    ("text", "visible", "kind"),
    [
        ("319999********1234", "319999********1234", "citizen"),
        ("319999********123x", "319999********123X", "citizen"),
        ("319999●●●●●●●●1234", "319999********1234", "citizen"),
        ("319999XXXXXXXX1234", "319999********1234", "citizen"),
        ("319999****1234", "319999********1234", "citizen"),
        ("3****************4", None, "citizen"),
        ("319999******123", "31999919******123*", "citizen"),
        ("810000********0021", "810000********0021", "hmt_residence"),
        ("9*****19810803****", "9*****19810803****", "foreign_permanent"),
    ],
)
def test_masked_numbers_show_eighteen_places(text: str, visible: str | None, kind: str) -> None:
    row = judge(text)
    assert (row["id_status"], row["id_visible"], row["id_number"]) == ("masked", visible, None)
    assert row["id_kind"] == kind


def test_a_masked_number_tells_what_is_visible() -> None:
    row = judge("319999********1234")
    assert (row["id_sex_code"], row["id_birth_date"]) == ("1", None)
    assert judge("319999199001011***")["id_birth_date"] == date(1990, 1, 1)


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", "empty", None),
        (None, "empty", None),
        ("NULL", "empty", None),
        ("-", "empty", None),
        ("无", "placeholder", "ID-PLACEHOLDER"),
        ("无证", "placeholder", "ID-PLACEHOLDER"),
        ("000000000000000000", "placeholder", "ID-PLACEHOLDER"),
        ("999999999999999999", "placeholder", "ID-PLACEHOLDER"),
        ("11010519491231002X-1", "placeholder", "ID-SUFFIXED"),
        ("4.40103E+17", "damaged", "ID-DAMAGED"),
        ("4.4E+17", "damaged", "ID-DAMAGED"),
        ("319999199001011000", "damaged", "ID-DAMAGED"),
        ("319999901301001", "malformed", "ID-DATE-IMPOSSIBLE"),
        ("31999919900101123", "malformed", "ID-LENGTH"),
        ("31999919900101AB12", "malformed", "ID-CHARACTER"),
        (checked("31999920300101001"), "malformed", "ID-DATE-FUTURE"),
        (checked("31999919900230001"), "malformed", "ID-DATE-IMPOSSIBLE"),
        ("319999199001011234", "check_failed", "ID-CHECK-DIGIT"),
        (checked("31999919000101001"), "valid", "ID-AGE-IMPLAUSIBLE"),
        (checked("16999919900101001"), "valid", "ID-COUNTY-UNKNOWN"),
        ("319999000101998", "malformed", "ID-LEGACY-CENTURY"),
    ],
)
def test_what_is_wrong_is_named(text: str | None, status: str, code: str | None) -> None:
    row = judge(text)
    assert row["id_status"] == status
    assert code is None or code in found(row)


def test_a_number_that_failed_is_evidence_and_never_a_key() -> None:
    row = judge("319999 19900101 1234")
    assert (row["id_number"], row["id_evidence"]) == (None, "319999199001011234")


def test_the_source_tells_the_century_of_a_centenarians_old_number() -> None:
    row = judge("319999000101998", birth=date(1900, 1, 1))
    assert (row["id_status"], row["id_birth_date"]) == ("upgraded", date(1900, 1, 1))
    assert judge("319999990101998", birth=date(1899, 1, 1))["id_number"] == checked("31999918990101998")


def test_a_form_that_no_kind_has_is_named_after_the_kind() -> None:
    assert found(judge("12", "hmt_permit")) == {"ID-FORM"}
