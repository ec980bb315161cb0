"""The demo's street: the identity stage beside stock Splink on the same records, and the twin homes that each merges."""

import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from benchmarks.public.dataset import DataSet
from benchmarks.public.ours import Found, run_ours
from benchmarks.public.report import tell
from benchmarks.public.splink_plan import near_number_street_plan, street_plan
from benchmarks.public.stock_splink import run_splink
from benchmarks.street_records import person_records
from identity.frames import PLACE, REF
from identity.log.identity_log import IdentityLog
from identity.resolve.run import resolve
from ingestion.demo.street import Street, build_street

KEY = b"a key for measuring only"
AT = datetime(2026, 11, 20, tzinfo=UTC)


def measure_street(houses: int, seed: int, dirt: float) -> None:
    """Make a street, let both resolve its records, print the figures, and how many twin homes each merges."""
    street = build_street(houses, seed, dirt=dirt)
    records, answers = person_records(street, KEY)
    named = records.with_columns(record=pl.concat_str(REF, separator="|"))
    truth = named.join(answers.drop_nulls("person"), list(REF)).select("record", pl.col("person"))
    data = DataSet(f"street of {houses:,} dwellings, seed {seed}, dirt {dirt:g}×", truth, "record", "")
    plain = _for_splink(named)
    alone = run_ours(replace(data, records=plain.with_columns(person=pl.lit(None)), population="street.yaml"))
    stock = run_splink(plain, "record", (), street_plan())
    near = run_splink(plain, "record", (), near_number_street_plan(), "near numbers and names, ")
    found = [_resolved(records), replace(alone, method=f"{alone.method}, on Splink's columns"), *stock, *near]
    tell(data, found)
    for one in found:
        merged, homes = twin_homes(one.clusters, truth, street)
        print(f"  {one.method}: twin homes merged {merged} of {homes}")


def twin_homes(clusters: pl.DataFrame, truth: pl.DataFrame, street: Street) -> tuple[int, int]:
    """How many pairs of twins share a cluster, of those who are both on record."""
    known = truth.join(clusters, "record").select("person", "cluster").unique()
    people = street.world.frame().filter(pl.col("twin") > pl.col("person")).select("person", "twin")
    on_record = people.join(known, "person", "semi").join(known, left_on="twin", right_on="person", how="semi")
    both = on_record.join(known, "person").join(known.rename({"person": "twin"}), ["twin", "cluster"])
    return both.select("person", "twin").n_unique(), on_record.height


def _resolved(records: pl.DataFrame) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        resolution = resolve(records, pl.DataFrame(schema=PLACE), IdentityLog(Path(folder)), AT, KEY)
        seconds = time.perf_counter() - begin
    links = resolution.resident_link.select(record=pl.concat_str(REF, separator="|"), cluster="resident_id")
    one = links.join(links, "cluster").filter(pl.col("record") < pl.col("record_right"))
    return Found("identity stage (evidence to stable IDs)", one.select(left="record", right="record_right"), links, seconds)


def _for_splink(named: pl.DataFrame) -> pl.DataFrame:
    """The columns of Splink's comparisons, as an analyst would prepare them: a birth date also from a valid number."""
    from_number = pl.col("id_number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    return named.select(
        "record",
        "name_key",
        "id_number",
        "mobile",
        "dwelling_cluster",
        born=pl.coalesce("birth_date", from_number).cast(pl.String),
        sex=pl.col("sex_code").replace({"0": None, "9": None}),
    )
