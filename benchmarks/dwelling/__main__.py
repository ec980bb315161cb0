"""How right the published dwellings, residences, households and holdings are, on streets whose truth is known.

`python -m benchmarks.dwelling --houses 2000 --seed 1 --dirt 1 --dirt 4 --style lane --style block` makes each street, runs the
whole pipeline on it as a user would, and prints the figures of the published tables against the generator's truth.
"""

import tempfile
import time
from itertools import product
from pathlib import Path

import click

from benchmarks.dwelling.households import measure_households, measure_tenure
from benchmarks.dwelling.places import measure_places
from benchmarks.dwelling.published import publish
from benchmarks.dwelling.residences import measure_residences

MEASURES = (measure_places, measure_residences, measure_households, measure_tenure)


@click.command()
@click.option("--houses", default=2000, show_default=True)
@click.option("--seed", "seeds", multiple=True, default=[1], type=int)
@click.option("--dirt", "dirts", multiple=True, default=[1.0], type=float)
@click.option("--style", "styles", multiple=True, default=["lane"])
@click.option("--folder", type=click.Path(path_type=Path), help="Keep the streets here; default: a folder that is removed.")
def main(houses: int, seeds: tuple[int, ...], dirts: tuple[float, ...], styles: tuple[str, ...], folder: Path | None) -> None:
    """Print the figures of each street."""
    for style, seed, dirt in product(styles, seeds, dirts):
        with tempfile.TemporaryDirectory(prefix="yidang-dwelling-") as aside:
            place = (folder or Path(aside)).resolve() / f"{style}-{houses}-{seed}-{dirt:g}"
            started = time.perf_counter()
            published = publish(place, houses=houses, seed=seed, dirt=dirt, style=style)
            seconds = time.perf_counter() - started
            click.echo(f"{houses:,} dwellings, seed {seed}, dirt {dirt:g}×, style {style}: {seconds:.0f} s")
            for measure in MEASURES:
                for line in measure(published):
                    click.echo(f"  {line}")


if __name__ == "__main__":
    main()
