"""How well identity tells who is who: pairwise and B³ precision, recall, F1 against the demo's truth, and seconds.

`python -m benchmarks.identity --houses 2000 --dirt 1 --dirt 4` makes streets and measures them.
"""

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import polars as pl

from benchmarks.street_records import person_records
from identity.frames import PLACE, REF
from identity.log.identity_log import IdentityLog
from identity.resolve.resolution import Resolution
from identity.resolve.run import resolve
from identity.solution.store import SolutionStore
from ingestion.demo.street import build_street

KEY = b"a key for measuring only"
AT = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Score:
    """Quality of one clustering: pairs of records, and B³ (the mean over records)."""

    pairs: tuple[float, float]
    b_cubed: tuple[float, float]
    false_pairs: int
    missed_pairs: int

    def __str__(self) -> str:
        told = [
            f"{name} P {precision:.5f} R {recall:.5f} F1 {2 * precision * recall / (precision + recall):.5f}"
            for name, (precision, recall) in (("pairs", self.pairs), ("B³", self.b_cubed))
        ]
        return f"{'; '.join(told)}; false pairs {self.false_pairs:,}, missed {self.missed_pairs:,}"


def score(links: pl.DataFrame, answers: pl.DataFrame) -> Score:
    """Compare `resident_id` with the true `person` over the records that both know."""
    both = links.select(*REF, "resident_id").join(answers.drop_nulls("person"), list(REF))
    both = both.with_columns(
        both=pl.len().over("resident_id", "person"), found=pl.len().over("resident_id"), true=pl.len().over("person")
    )
    right, found, true = ((_pairs(both, keys)) for keys in (["resident_id", "person"], ["resident_id"], ["person"]))
    b_cubed = both.select(precision=(pl.col("both") / pl.col("found")).mean(), recall=(pl.col("both") / pl.col("true")).mean())
    return Score((right / max(found, 1), right / max(true, 1)), b_cubed.row(0), found - right, true - right)


def _pairs(frame: pl.DataFrame, keys: list[str]) -> int:
    sizes = frame.group_by(keys).len().get_column("len").cast(pl.Int64)
    return int((sizes * (sizes - 1) // 2).sum())


def merged_kin(links: pl.DataFrame, answers: pl.DataFrame, people: pl.DataFrame, kin: str) -> tuple[int, int]:
    """Of the people with a relative of a kind (`twin`, `mother`), how many were merged with it, and how many there are."""
    known = links.join(answers.drop_nulls("person"), list(REF)).select("person", "resident_id").unique()
    pairs = people.filter(pl.col(kin) >= 0).select("person", pl.col(kin).alias("relative"))
    merged = pairs.join(known, "person").join(known.rename({"person": "relative"}), ["relative", "resident_id"])
    return merged.height, pairs.height


def tell(label: str, resolution: Resolution, answers: pl.DataFrame, people: pl.DataFrame, seconds: float) -> None:
    """Print one line of figures, the rules, and the size of the queue."""
    links = resolution.resident_link
    residents = links["resident_id"].n_unique()
    print(f"{label}: {links.height:,} records, {residents:,} residents, {seconds:.2f} s")
    print(f"  {score(links, answers)}")
    rules = links["linked_by"].value_counts(sort=True).iter_rows()
    print("  " + ", ".join(f"{rule} {count:,}" for rule, count in rules))
    print(f"  for people to decide: {resolution.review.height:,} ({resolution.review.height / residents:.2%} of residents)")
    for kin in ("twin", "mother"):
        merged, all_of_them = merged_kin(links, answers, people, kin)
        print(f"  merged with their {kin}: {merged:,} of {all_of_them:,}")


def measure_street(houses: int, seed: int, dirt: float, style: str) -> None:
    """Make a street, resolve it, print the figures."""
    street = build_street(houses, seed, dirt=dirt, style=style)
    records, answers = person_records(street, KEY)
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        resolution = resolve(records, pl.DataFrame(schema=PLACE), IdentityLog(Path(folder)), AT, KEY)
        seconds = time.perf_counter() - begin
        measure_growth(records, Path(folder) / "whole", None)
        measure_growth(records, Path(folder) / "again", SolutionStore(Path(folder) / "solution"))
    tell(f"{houses:,} dwellings, seed {seed}, dirt {dirt:g}×, style {style}", resolution, answers, street.world.frame(), seconds)


def measure_growth(records: pl.DataFrame, folder: Path, store: SolutionStore | None) -> None:
    """Hold 5 % of the records back, resolve, let them come, and print what became of the identifiers."""
    places, log = pl.DataFrame(schema=PLACE), IdentityLog(folder)
    first = records.filter(pl.struct(REF).hash(1) % 20 != 0)
    before = resolve(first, places, log, AT, KEY, store=store)
    log.commit(before.log_event, "first")
    begin = time.perf_counter()
    after = resolve(records, places, log, AT + timedelta(days=1), KEY, store=store)
    seconds = time.perf_counter() - begin
    now = before.resident_link.join(after.resident_link, list(REF), suffix="_now")
    kept = int((now["resident_id"] == now["resident_id_now"]).sum()) / now.height
    gone = set(before.resident_link["resident_id"]) - set(after.resident_link["resident_id"])
    lost = gone - set(after.forward["old_id"])
    way = "from the last solution" if store else "from nothing"
    print(f"  5 % more records, {way}, {seconds:.2f} s: {100 * kept:.4f} % of old records keep their id")
    print(f"  ids gone: {len(gone)}, of these without a forward: {len(lost)}")


@click.command()
@click.option("--houses", default=2000, show_default=True)
@click.option("--seed", "seeds", multiple=True, default=[1], type=int)
@click.option("--dirt", "dirts", multiple=True, default=[1.0, 4.0], type=float)
@click.option("--style", default="lane", show_default=True)
def main(houses: int, seeds: tuple[int, ...], dirts: tuple[float, ...], style: str) -> None:
    """Print the figures of identity."""
    for seed in seeds:
        for dirt in dirts:
            measure_street(houses, seed, dirt, style)


if __name__ == "__main__":
    main()
