"""The truth beside the sources, for tests and benchmarks: who and where every record means.

`person.parquet`, `record.parquet`, `place.parquet`, `address.parquet`, `dwelling.parquet`, `device.parquet`,
`dirt.parquet`, `tally.parquet`.
Persons and dwellings are the generator's own numbers; no source shows them.
"""

from pathlib import Path

import polars as pl

from ingestion.demo.dirt.addresses import GRADES
from ingestion.demo.dirt.soil import KEYS
from ingestion.demo.sources.addressing import committee_code
from ingestion.demo.sources.device import CARE
from ingestion.demo.street import Street

RECORDS = {
    "property.owner": "owner_id",
    "property.lease": "lease_id",
    "police.SYRK": "RYBH",
    "civil.members": "caseId",
    "civil.disability-certificates": "certificateNo",
    "civil.elderly-services": "recordId",
    "civil.children-in-need": "recordId",
    "device.register": "deviceId",
}
ADDRESSES = [
    ("property.house", "house_id", "address", "_house"),
    ("police.SYRK", "RYBH", "XZZ", "_house"),
    ("police.SYRK", "RYBH", "HJDZ", "_hukou_house"),
    ("police.BZDZ", "DZBM", "DZQC", "_house"),
    ("civil.assistance-cases", "caseId", "address", "_house"),
    ("civil.disability-certificates", "certificateNo", "address", "_house"),
    ("civil.elderly-services", "recordId", "address", "_house"),
    ("civil.children-in-need", "recordId", "address", "_house"),
    ("device.register", "deviceId", "address", "_house"),
]


def truth(street: Street) -> dict[str, pl.DataFrame]:
    """Every table of the truth by name."""
    return {
        "person": street.world.frame(),
        "record": records(street),
        "place": _places(street),
        "address": _addresses(street),
        "dwelling": _dwellings(street),
        "device": _devices(street),
        "dirt": street.log,
        "tally": street.tally,
    }


def write_truth(street: Street, folder: Path) -> Path:
    """Write `truth/<table>.parquet`; returns the folder."""
    root = folder / "truth"
    root.mkdir(parents=True, exist_ok=True)
    for name, frame in truth(street).items():
        frame.write_parquet(root / f"{name}.parquet")
    return root


def _named(entity: str) -> list[pl.Expr]:
    system, _, name = entity.partition(".")
    name = "assistance-cases" if name == "members" else name
    return [pl.lit(system).alias("source_system"), pl.lit(name).alias("source_entity")]


def records(street: Street) -> pl.DataFrame:
    """One row a person record.

    source_system, source_entity, source_key (null where a keyed digest stands for it), plain_key, person (null: a company),
    dwelling (null: outside), is_live, is_damaged (its line cannot be read).
    """
    parts = []
    for entity, key in RECORDS.items():
        frame = street.tables[entity]
        frame = (
            frame.filter(pl.col("type").is_in(CARE) & pl.col("_person").is_not_null()) if entity == "device.register" else frame
        )
        plain = pl.concat_str(key, pl.lit("#"), "position") if entity == "civil.members" else pl.col(key)
        parts.append(
            frame.select(
                *_named(entity),
                source_key=pl.lit(None, pl.String) if key == "certificateNo" else plain,
                plain_key=plain,
                person=pl.col("_person"),
                dwelling=pl.col("_house"),
                is_live=_is_live(frame),
                is_damaged=pl.col("_damaged") if "_damaged" in frame.columns else pl.lit(False),
            )
        )
    return pl.concat(parts)


def _is_live(frame: pl.DataFrame) -> pl.Expr:
    """A row that its source has not deleted, withdrawn or cancelled."""
    if "is_deleted" in frame.columns:
        return pl.col("is_deleted") == 0
    if "withdrawn" in frame.columns:
        return ~pl.col("withdrawn")
    return pl.col("ZXYY") == "" if "ZXYY" in frame.columns else pl.lit(True)


def _places(street: Street) -> pl.DataFrame:
    """One row a place record: kind (dwelling, building, estate), source key, and the numbers of what it means."""
    tables, houses = street.tables, street.world.places.houses.select("house", "building", "estate")
    numbered = {"property.estate": ("estate_id", "estate"), "property.building": ("building_id", "building")}
    parts = []
    for entity, (key, kind) in numbered.items():
        own = pl.col(key).str.slice(1).cast(pl.Int64) - 1
        parts.append(
            tables[entity].select(*_named(entity), pl.col(key).alias("source_key"), pl.lit(kind).alias("kind"), number=own)
        )
    for entity in ("property.house", "police.BZDZ"):
        own = pl.col("_house").alias("number")
        parts.append(
            tables[entity].select(
                *_named(entity), pl.col(KEYS[entity]).alias("source_key"), pl.lit("dwelling").alias("kind"), own
            )
        )
    dwelling = pl.when(pl.col("kind") == "dwelling").then("number").alias("house")
    return pl.concat(parts).with_columns(dwelling).join(houses, on="house", how="left").rename({"house": "dwelling"})


def _addresses(street: Street) -> pl.DataFrame:
    """One row an address: the dwelling meant (null: outside the street) and the finest grade that its text still tells."""
    houses = street.world.places.houses.select("house", "building", "estate")
    parts = []
    for entity, key, column, house in ADDRESSES:
        soiled = street.log.filter((pl.col("entity") == entity) & (pl.col("field") == column))
        kinds = soiled.group_by("key").agg(pl.col("kind").last())
        found = street.tables[entity].select(pl.col(key).alias("plain_key"), pl.col(house).alias("dwelling"))
        found = found.join(kinds, left_on="plain_key", right_on="key", how="left")
        grade = pl.col("kind").replace_strict(GRADES, default="dwelling")
        grade = pl.when(pl.col("dwelling").is_null()).then(pl.lit("none")).otherwise(grade)
        parts.append(found.select(*_named(entity), "plain_key", pl.lit(column).alias("field"), "dwelling", "kind", grade=grade))
    return pl.concat(parts).join(houses, left_on="dwelling", right_on="house", how="left")


def _dwellings(street: Street) -> pl.DataFrame:
    """One row a house of the street, shops included, with its plain address, committee, and holding (owner, tenant, empty)."""
    houses = street.world.places.houses
    codes = [committee_code(street.style, committee) for committee in houses["committee"]]
    texts = [elements.text for elements in street.world.places.elements]
    held = pl.DataFrame({"house": [h.house for h in street.world.homes], "holding": [h.holding for h in street.world.homes]})
    named = houses.with_columns(pl.Series("committee_code", codes), pl.Series("address", texts))
    return named.join(held, on="house", how="left").rename({"house": "dwelling"})


def _devices(street: Street) -> pl.DataFrame:
    """One row a device: device_id, type, and where it hangs; null where it belongs to something larger."""
    place = {"_house": "dwelling", "_building": "building", "_estate": "estate"}
    return street.tables["device.register"].select("deviceId", "type", *place).rename({"deviceId": "device_id", **place})
