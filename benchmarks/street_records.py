"""Person records of an invented street, cleaned as in earnest, with the true person of each.

The dwelling and the building of a record are the true ones wherever its address still tells them: what a perfect address
engine would find.
Not here: the whole way through landing and dbt (benchmarks/street.py).
"""

from datetime import datetime, time

import polars as pl

from identity.frames import RECORD, REF, conform
from ingestion.cleaning.context import CleaningContext
from ingestion.cleaning.digest import key_digests
from ingestion.cleaning.entity import clean
from ingestion.cleaning.schema import load_schema
from ingestion.demo.files.truth_files import truth
from ingestion.demo.street import Street

ENTITIES = {
    "property.owner": "owner",
    "property.lease": "lease",
    "police.SYRK": "SYRK",
    "civil.members": "assistance-cases.member",
    "civil.disability-certificates": "disability-certificates",
    "civil.elderly-services": "elderly-services",
    "civil.children-in-need": "children-in-need",
    "device.register": "register",
}
HOME_FIELD = {"SYRK": "XZZ"}  # of the two addresses of a register entry, the one that is lived at


def person_records(street: Street, key: bytes) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`records` (columns of RECORD) and `answers` (ref, `person`; null for a company) of a street."""
    tables = truth(street)
    context = CleaningContext(key, street.day, datetime.combine(street.day, time(1)))
    answers = _answers(tables["record"], key)
    homes = _homes(tables["address"], street, key)
    cleaned = pl.concat([_cleaned(street, table, entity, context) for table, entity in ENTITIES.items()])
    records = cleaned.join(answers.select(REF), list(REF), "semi").join(homes, list(REF), "left")
    return conform(records, RECORD), answers


def _cleaned(street: Street, table: str, entity: str, context: CleaningContext) -> pl.DataFrame:
    """One feed through its cleaning schema, in the columns of RECORD without the places."""
    system = table.split(".", maxsplit=1)[0]
    raw = street.tables[table]
    if table == "civil.members":
        raw = raw.join(street.tables["civil.assistance-cases"].select("caseId", "phone", "withdrawn", "modifiedAt"), "caseId")
    raw = raw.select(pl.exclude(pl.List)).cast(pl.String).with_columns(_line=pl.int_range(pl.len()))
    rows = clean(load_schema(system, entity), raw, context).rows
    named = rows.with_columns(
        source_system=pl.lit(system), source_entity=pl.lit(entity.split(".", maxsplit=1)[0]), is_live=~pl.col("is_withdrawn")
    )
    return conform(named, RECORD).drop("dwelling_cluster", "building_cluster")


def _keyed(frame: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """The refs of a truth table, with digests where a feed's key holds a number."""
    digests = pl.Series(key_digests(frame["plain_key"], key), dtype=pl.String)
    is_digested = pl.col("source_entity") == "disability-certificates"
    return frame.with_columns(source_key=pl.when(is_digested).then(digests).otherwise(pl.col("plain_key")))


def _answers(record: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """The true person of each record whose line can be read."""
    return _keyed(record.filter(~pl.col("is_damaged")), key).select(*REF, "person")


def _homes(address: pl.DataFrame, street: Street, key: bytes) -> pl.DataFrame:
    """ref, `dwelling_cluster`, `building_cluster`: what the address tells of them; for owners and tenants by the house's key."""
    field = pl.col("source_entity").replace_strict(HOME_FIELD, default="address", return_dtype=pl.String)
    is_told = pl.col("grade").is_in(["dwelling", "building"])
    told = _keyed(address.filter((pl.col("field") == field) & is_told), key).drop_nulls("dwelling")
    told = told.select(*REF, house="dwelling", is_whole=pl.col("grade") == "dwelling")
    parts = [told]
    for table, name in (("property.owner", "owner_id"), ("property.lease", "lease_id")):
        refs = (pl.lit(part).alias(column) for part, column in zip(table.split("."), REF, strict=False))
        whole = pl.lit(value=True).alias("is_whole")
        parts.append(street.tables[table].select(*refs, whole, source_key=pl.col(name), house="_house"))
    cases = told.filter(pl.col("source_entity") == "assistance-cases").select("source_key", "house", "is_whole")
    members = street.tables["civil.members"].join(cases, left_on="caseId", right_on="source_key")
    keys = pl.concat_str("caseId", pl.lit("#"), pl.col("position").cast(pl.String))
    names = (pl.lit("civil").alias(REF[0]), pl.lit("assistance-cases").alias(REF[1]), keys.alias(REF[2]))
    parts.append(members.select(*names, "house", "is_whole"))
    homes = pl.concat([part.select(*REF, "house", "is_whole") for part in parts]).drop_nulls().unique(list(REF))
    return homes.join(street.world.places.houses.select("house", "building"), "house").select(
        *REF,
        dwelling_cluster=pl.when("is_whole").then(pl.format("d{}", "house")),
        building_cluster=pl.format("b{}", "building"),
    )
