"""`python -m benchmarks.public`: our scoring and stock Splink on FEBRL 3, FEBRL 4, pseudopeople and the demo's street."""

import click

from benchmarks.public.febrl import febrl_3, febrl_4
from benchmarks.public.ours import run_ours
from benchmarks.public.report import tell
from benchmarks.public.splink_plan import febrl_plan, split_town_plan, town_plan
from benchmarks.public.stock_splink import run_splink
from benchmarks.public.street import measure_street
from benchmarks.public.town import town

SUITES = ("febrl", "town", "street")


@click.command()
@click.option("--only", type=click.Choice(SUITES), multiple=True, help="Measure these alone; several may be named.")
@click.option(
    "--seed", "seeds", multiple=True, default=[21], type=int, show_default=True, help="Of the town's noise, and the street."
)
@click.option("--houses", default=2000, show_default=True, help="Dwellings of the street; 40000 are about 82,000 people.")
@click.option("--dirt", "dirts", multiple=True, default=[1.0, 4.0], type=float, show_default=True)
def main(only: tuple[str, ...], seeds: tuple[int, ...], houses: int, dirts: tuple[float, ...]) -> None:
    """Print precision, recall, F1 and seconds of ours and of stock Splink."""
    chosen = only or SUITES
    if "febrl" in chosen:
        for data in (febrl_3(), febrl_4()):
            tell(data, [run_ours(data), *run_splink(data.shown(), data.key, data.parts, febrl_plan())])
    for seed in seeds:
        if "town" in chosen:
            data = town(seed)
            stock = run_splink(data.shown(), data.key, data.parts, town_plan())
            split = run_splink(data.shown(), data.key, data.parts, split_town_plan(), "address in three columns, ")
            tell(data, [run_ours(data), *stock, *split])
        if "street" in chosen:
            for dirt in dirts:
                measure_street(houses, seed, dirt)


if __name__ == "__main__":
    main()
