"""The kinds of field that a cleaning schema may hold, with their options. Not here: the cleaning itself (fields/)."""

from typing import Annotated, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

TEXT = pl.String()
DATE = pl.Date()
TIMESTAMP = pl.Datetime("us")
TEXTS = pl.List(pl.String())

Outputs = dict[str, pl.DataType]


class _Spec(BaseModel):
    """What all kinds share: unknown options are refused, and a schema never changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Single(_Spec):
    """A field with one source column and one output column.

    Attributes:
        source: Source column (dotted for a member of a JSON object).
        to: Output column.
        is_required: Without a usable value the row is rejected (REQUIRED-MISSING).
    """

    source: str
    to: str
    is_required: bool = False


class TextField(_Single):
    """Plain text, tidied: NFKC, no invisible characters, single spaces; null markers become null."""

    kind: Literal["text"]

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT}


class CodeField(_Single):
    """A value of a code list.

    Attributes:
        codes: Name of the list in ``reference/codes.yaml`` (source value to canonical value), or
        pattern: a regular expression that a code must match as it stands.
        fallback: Canonical value for an unknown or missing one; null without it.
        pad: Width to which a code that lost its leading zeros is filled.
    """

    kind: Literal["code"]
    codes: str | None = None
    pattern: str | None = None
    fallback: str | None = None
    pad: int | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT}


class CodesField(_Single):
    """A JSON list of codes, or codes with separators; unknown ones are left out and flagged."""

    kind: Literal["codes"]
    codes: str

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXTS}


class DateField(_Single):
    """A day.

    Attributes:
        is_open_end: 9999-12-31, 长期, 至今 and the like mean "no end" and are no defect.
        is_past: A day after the business date cannot be and becomes null.
        is_partial_kept: A month or a year alone stands for its first day; otherwise it becomes null.
    """

    kind: Literal["date"]
    is_open_end: bool = False
    is_past: bool = False
    is_partial_kept: bool = False

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: DATE}


class TimestampField(_Single):
    """A moment, kept in UTC; without a zone it is Asia/Shanghai."""

    kind: Literal["timestamp"]

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TIMESTAMP}


class ClockField(_Spec):
    """A device's own clock beside the gateway's, both in epoch milliseconds.

    Attributes:
        source: Column with the device's clock.
        received: Column with the gateway's clock, which is right.
        to: Output of the device's clock; null where it is wrong.
        received_to: Output of the gateway's clock; required.
        days_early: How many days before the receipt a message may have been sent.
        days_late: How many days after the receipt the device's clock may stand.
    """

    kind: Literal["clock"]
    source: str
    received: str
    to: str
    received_to: str
    days_early: int = 30
    days_late: int = 1

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TIMESTAMP, self.received_to: TIMESTAMP}


class NumberField(_Single):
    """A number, with units, thousands signs or Chinese numerals around it; out of range it becomes null and is flagged."""

    kind: Literal["number"]
    is_integer: bool = False
    minimum: float | None = None
    maximum: float | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: pl.Int64() if self.is_integer else pl.Float64()}


class BooleanField(_Single):
    """Yes or no in any of the manners of ``reference/booleans``; null where the source says nothing."""

    kind: Literal["boolean"]

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: pl.Boolean()}


class NameField(_Single):
    """A name alone (former name, guardian); with `key` its match form too."""

    kind: Literal["name"]
    key: str | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT, **({self.key: TEXT} if self.key else {})}


class PhoneField(_Spec):
    """Telephone numbers of a cell: the first mobile, and all usable numbers where `phones` is named."""

    kind: Literal["phone"]
    source: str
    mobile: str = "mobile"
    phones: str | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.mobile: TEXT, **({self.phones: TEXTS} if self.phones else {})}


class DocumentField(_Single):
    """A citizen number alone (a guardian's): canonical when valid, else null."""

    kind: Literal["document"]

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT}


class PersonField(_Spec):
    """The person group of data-flow: who a row is about.

    Attributes:
        name: Column of the name.
        number: Column of the document number.
        number_kind: Column that tells the kind of document.
        number_codes: List in ``reference/codes.yaml`` from that column to a kind of document.
        number_length: Only so many characters at the front of `number` are the document number (a certificate's number).
        sex: Column of the sex.
        birth_date: Column of the birth date.
        phone: Column of the telephone numbers.
    """

    kind: Literal["person"]
    name: str | None = None
    number: str | None = None
    number_kind: str | None = None
    number_codes: str | None = None
    number_length: int | None = None
    sex: str | None = None
    birth_date: str | None = None
    phone: str | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        dated = {"birth_date", "id_birth_date"}
        return {name: DATE if name in dated else TEXTS if name == "phones" else TEXT for name in PERSON_COLUMNS}


class CertificateField(_Spec):
    """Kind and grade at the end of a 20-character disability certificate number."""

    kind: Literal["certificate"]
    source: str
    kind_to: str = "disability_kind_code"
    grade_to: str = "disability_grade_code"

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.kind_to: TEXT, self.grade_to: TEXT}


class EstateField(_Spec):
    """The name of an estate: as it stands, and its canonical form (`<to>_key`)."""

    kind: Literal["estate"]
    source: str
    to: str = "estate_name"

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT, f"{self.to}_key": TEXT}


class BuildingField(_Spec):
    """A building's name, told apart into gate (号) and block (幢, 栋, 座, 号楼)."""

    kind: Literal["building"]
    source: str
    to: str = "building_name"

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT, "gate": TEXT, "block": TEXT}


class AddressField(_Spec):
    """The address group of data-flow from one text.

    Attributes:
        source: Column of the text.
        prefix: Prefix of the output columns, with its underscore.
        estate: Column of an estate name that stands where the text has none.
    """

    kind: Literal["address"]
    source: str
    prefix: str = "address_"
    estate: str | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {f"{self.prefix}{element}": TEXT for element in ADDRESS_ELEMENTS}


class AddressElementsField(_Spec):
    """The address group of data-flow from element columns; where they are all empty, from the full text."""

    kind: Literal["address_elements"]
    text: str
    road: str
    lane: str
    gate: str
    block: str
    unit: str
    room: str
    estate: str
    prefix: str = "address_"

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {f"{self.prefix}{element}": TEXT for element in ADDRESS_ELEMENTS}


class HouseField(_Spec):
    """Unit, room and part of a dwelling from its own columns, else from the address, with the address group."""

    kind: Literal["house"]
    unit: str
    room: str
    address: str

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        own: Outputs = dict.fromkeys(("unit", "room", "part", "room_text"), TEXT)
        return own | {f"address_{element}": TEXT for element in ADDRESS_ELEMENTS}


PERSON_COLUMNS = (
    "name",
    "name_key",
    "id_kind",
    "id_number",
    "id_visible",
    "id_evidence",
    "id_status",
    "birth_date",
    "id_birth_date",
    "sex_code",
    "id_sex_code",
    "mobile",
    "phones",
)

ADDRESS_ELEMENTS = (
    "text",
    "road",
    "lane",
    "sublane",
    "gate",
    "block",
    "unit",
    "room",
    "part",
    "estate",
    "road_key",
    "estate_key",
    "level",
)

FieldSpec = Annotated[
    TextField
    | CodeField
    | CodesField
    | DateField
    | TimestampField
    | ClockField
    | NumberField
    | BooleanField
    | NameField
    | PhoneField
    | DocumentField
    | PersonField
    | CertificateField
    | EstateField
    | BuildingField
    | AddressField
    | AddressElementsField
    | HouseField,
    Field(discriminator="kind"),
]
