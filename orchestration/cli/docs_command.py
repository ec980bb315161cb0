"""`yidang docs`: the data dictionary and dbt's pages as files that open without a network."""

from pathlib import Path

import click


@click.command("docs")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=Path("build/docs"), show_default=True)
def command(to: Path) -> None:
    """Write dictionary.html (tables, indicators, feeds, rules, in Chinese and English) and dbt.html (models and their graph)."""
    from orchestration.documentation.write import write_documentation  # noqa: PLC0415 - dbt only when needed

    for path in write_documentation(to):
        click.echo(str(path))
