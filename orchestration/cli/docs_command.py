"""`yidang docs`: the data dictionary and dbt's pages as files that open without a network."""

from pathlib import Path

import click


@click.command("docs")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=Path("build/docs"), show_default=True)
def command(to: Path) -> None:
    """Write dictionary.html (tables, indicators, feeds, rules, in Chinese and English) and dbt.html (models and their graph)."""
    from orchestration.documentation.write import read_project, write_documentation  # noqa: PLC0415 - dbt only when needed

    manifest, graph = read_project()
    for path in write_documentation(to, manifest, graph):
        click.echo(str(path))
    click.echo(
        f"lineage: {len(graph.order) - len(graph.unresolved)} models column by column, {len(graph.unresolved)} taken whole"
    )
    for name, why in graph.unresolved.items():
        click.echo(f"  {name}: {why}")
