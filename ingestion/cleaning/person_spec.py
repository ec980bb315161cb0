"""Kinds of field that tell of a person. Not here: how they are cleaned (fields/)."""

from typing import Literal

from ingestion.cleaning.spec import DATE, TEXT, TEXTS, Outputs, SingleSpec, Spec

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


# Of which parts each column of a person is made. The century of a legacy number, and so its check, follows from the birth date.
_NUMBER = ("number", "number_kind", "birth_date")
_MADE_OF = {
    **dict.fromkeys(("name", "name_key"), ("name",)),
    **dict.fromkeys(("mobile", "phones"), ("phone",)),
    **dict.fromkeys(("id_number", "id_evidence", "id_status"), _NUMBER),
    "id_kind": ("number", "number_kind"),
    "id_visible": ("number",),
    **dict.fromkeys(("id_birth_date", "id_sex_code", "birth_date"), ("number", "birth_date")),
    "sex_code": ("number", "birth_date", "sex"),
}


class NameField(SingleSpec):
    """A name alone (former name, guardian); with `key` its match form too."""

    kind: Literal["name"]
    key: str | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT, **({self.key: TEXT} if self.key else {})}


class PhoneField(Spec):
    """Telephone numbers of a cell: the first mobile, and all usable numbers where `phones` is named."""

    kind: Literal["phone"]
    source: str
    mobile: str = "mobile"
    phones: str | None = None

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.mobile: TEXT, **({self.phones: TEXTS} if self.phones else {})}


class DocumentField(SingleSpec):
    """A citizen number alone (a guardian's): canonical when valid, else null."""

    kind: Literal["document"]

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.to: TEXT}


class PersonField(Spec):
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
        is_number_expected: Everyone here has a document, unless `number_kind` says none; an empty number is a defect.
        is_masking_agreed: The source masks its numbers by agreement; a masked one is no defect.
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
    is_number_expected: bool = False
    is_masking_agreed: bool = False

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        dated = {"birth_date", "id_birth_date"}
        return {name: DATE if name in dated else TEXTS if name == "phones" else TEXT for name in PERSON_COLUMNS}

    def made_of(self) -> dict[str, frozenset[str]]:
        """The source columns of each output column: a name is not made of a telephone."""
        return {output: self._columns(parts) for output, parts in _MADE_OF.items()}

    def tested(self) -> dict[str, frozenset[str]]:
        """The name tells an organisation, of which nothing that makes a person is kept."""
        return {output: self._columns(("name",)) for output, parts in _MADE_OF.items() if parts[0] == "number"}

    def _columns(self, parts: tuple[str, ...]) -> frozenset[str]:
        return frozenset(column for column in (getattr(self, part) for part in parts) if column)


class CertificateField(Spec):
    """Kind and grade at the end of a 20-character disability certificate number."""

    kind: Literal["certificate"]
    source: str
    kind_to: str = "disability_kind_code"
    grade_to: str = "disability_grade_code"

    def outputs(self) -> Outputs:
        """Names and types of the output columns."""
        return {self.kind_to: TEXT, self.grade_to: TEXT}
