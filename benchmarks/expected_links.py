"""Whether the false links that the threshold expects are those that come: expected against true ones, on streets of many sizes.

`python -m benchmarks.expected_links --houses 500 --houses 2000 --seed 31 --dirt 1 --dirt 4 --dirt 8` prints one line a street.
"""

import click
import polars as pl

from benchmarks.street_records import person_records
from identity.evidence.ownership import settle_ownership
from identity.evidence.records import prepare_records
from identity.evidence.unconfirmed import demote_unconfirmed
from identity.frames import RECORD, REF, conform
from identity.link.candidates import find_candidates
from identity.link.frequency import count_frequencies
from identity.link.nodes import build_nodes
from identity.link.weigh import least_weight, weigh
from identity.resolve.people import find_people
from identity.rules.rule_book import load_rule_book
from ingestion.demo.street import build_street

KEY = b"a key for measuring only"
NO_DECISIONS = pl.DataFrame(
    schema={
        "sequence": pl.Int64,
        "verdict": pl.String,
        **{f"{side}_{part}": pl.String for side in ("left", "right") for part in ("system", "entity", "key")},
    }
)
HEAD = "houses  seed  dirt style   people  links   bits | false: expected  before vetoes  merged | precision  recall"


def measure(houses: int, seed: int, dirt: float, style: str) -> str:
    """One line: the threshold of a street, its expected false links, the true ones, and what became of them."""
    told, answers = person_records(build_street(houses, seed, dirt=dirt, style=style), KEY)
    records = conform(told, RECORD).sort(*REF).unique(list(REF), keep="first", maintain_order=True)
    book = load_rule_book()
    nodes = build_nodes(demote_unconfirmed(settle_ownership(prepare_records(records, book), book).records), [], book)
    counted = count_frequencies(nodes, book)
    weighed = weigh(find_candidates(nodes, counted, book), nodes, counted, book)
    least = least_weight(weighed, counted.people, book)
    linked = weighed.filter(pl.col("weight") >= least)
    person = records.with_row_index("rid").join(answers, list(REF), "left").select("rid", "person").drop_nulls()
    true = nodes.members.select("rid", "node").join(person, "rid").group_by("node").agg(pl.col("person").mode().min())
    known = linked.join(true, left_on="left", right_on="node").join(true, left_on="right", right_on="node")
    false = known.filter(pl.col("person") != pl.col("person_right")).height
    found = find_people(records, NO_DECISIONS, book).members.join(person, "rid")
    right, together, one = (_pairs(found, keys) for keys in (["cluster", "person"], ["cluster"], ["person"]))
    return (
        f"{houses:>6,} {seed:>5} {dirt:>4g}× {style:<6} {counted.people:>7,} {linked.height:>6,} {least:>6.2f} | "
        f"{float((1.0 - linked['posterior']).sum()):>15.2f} {false:>14} {together - right:>7} | "
        f"{right / max(together, 1):.5f} {right / max(one, 1):.5f}"
    )


def _pairs(frame: pl.DataFrame, keys: list[str]) -> int:
    sizes = frame.group_by(keys).len()["len"].cast(pl.Int64)
    return int((sizes * (sizes - 1) // 2).sum())


@click.command()
@click.option("--houses", "sizes", multiple=True, default=[500, 2000], type=int)
@click.option("--seed", "seeds", multiple=True, default=[1], type=int)
@click.option("--dirt", "dirts", multiple=True, default=[1.0, 4.0, 8.0], type=float)
@click.option("--style", default="lane", show_default=True)
def main(sizes: tuple[int, ...], seeds: tuple[int, ...], dirts: tuple[float, ...], style: str) -> None:
    """Print expected and true false links of invented streets."""
    print(HEAD)
    for houses in sizes:
        for seed in seeds:
            for dirt in dirts:
                print(measure(houses, seed, dirt, style), flush=True)


if __name__ == "__main__":
    main()
