"""`yidang demo`: a synthetic street, the whole way, and the dashboards."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from orchestration.cli.options import port_option
from orchestration.cli.run_command import run_and_tell
from orchestration.cli.serve_command import serve

DAY = date(2026, 11, 20)  # the demo's first day, so that a demo looks the same whenever it is run


@click.command("demo")
@click.option("--houses", default=2000, show_default=True, type=click.IntRange(50, 200_000), help="Dwellings of the street.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same street.")
@click.option("--no-serve", is_flag=True, help="Stop after publishing.")
@click.option(
    "--folder", default="demo-data", show_default=True, type=click.Path(path_type=Path), help="Where all of it is written."
)
@port_option
def command(houses: int, seed: int, no_serve: bool, folder: Path, port: int | None) -> None:
    """Make five source systems, run the whole pipeline on them, open the dashboards. Nothing to configure."""
    from ingestion.demo.civil_server import CivilServer  # noqa: PLC0415 - only the demo needs them
    from orchestration.demo.accounts import DEMO_PASSWORD, ensure_accounts  # noqa: PLC0415
    from orchestration.demo.configuration import CIVIL_TOKEN, demo_key, key_path, write_configuration  # noqa: PLC0415

    folder = folder.resolve()
    home, sources = folder / "home", folder / f"sources-{houses}-{seed}"
    _refuse_other_street(folder, houses, seed)
    names = _ensure_sources(sources, houses, seed)
    with CivilServer(sources / "civil", CIVIL_TOKEN) as civil:
        config = write_configuration(folder, sources, civil, DAY.isoformat(), names)
        code = run_and_tell(config, None)
        users = ensure_accounts(home, *list(names)[:2])
        click.echo(f'for other commands: export YIDANG_KEY="$(cat "{key_path(home)}")"; yidang status --config "{config}"')
        if code != 1 and not no_serve:
            click.echo(f"sign in as one of {', '.join(users)}; password: {DEMO_PASSWORD}")
            code = serve(config, home, port or 8501, demo_key(home).encode())
    sys.exit(code)


def _refuse_other_street(folder: Path, houses: int, seed: int) -> None:
    """One folder holds one street: another one's records would be taken for a change of this one's."""
    others = [path.name for path in folder.glob("sources-*") if path.name != f"sources-{houses}-{seed}"]
    if others:
        raise click.ClickException(f"{folder} holds another street ({others[0]}): remove it, or name another --folder")


def _ensure_sources(sources: Path, houses: int, seed: int) -> dict[str, str]:
    """Make the five source systems once; gives the names of the street and its committees by code, the street first."""
    from ingestion.demo.street import build_street  # noqa: PLC0415 - not needed where the street exists
    from ingestion.demo.style import area_names  # noqa: PLC0415
    from ingestion.demo.write import write_sources  # noqa: PLC0415

    done = sources / "street.json"
    if not done.exists():
        click.echo(f"making a street of {houses:,} dwellings (seed {seed})")
        street = build_street(houses=houses, seed=seed, day=DAY)
        write_sources(street, sources)
        done.write_text(json.dumps(area_names(street.style), ensure_ascii=False), encoding="utf-8")
    names: dict[str, str] = json.loads(done.read_text(encoding="utf-8"))
    return names
