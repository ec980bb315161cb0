"""All kinds of field that a cleaning schema may hold; `kind` tells which. Not here: the kinds themselves."""

from typing import Annotated

from pydantic import Field

from ingestion.cleaning.address_spec import AddressElementsField, AddressField, BuildingField, EstateField, HouseField
from ingestion.cleaning.person_spec import CertificateField, DocumentField, NameField, PersonField, PhoneField
from ingestion.cleaning.plain_spec import (
    BooleanField,
    ClockField,
    CodeField,
    CodesField,
    DateField,
    NumberField,
    TextField,
    TimestampField,
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
